"""进度: what was done, with evidence, filled, checked and accepted by three accounts."""
