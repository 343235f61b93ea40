"""Who gets in where: the wanted answers, and the real ones of a county made for the purpose."""
