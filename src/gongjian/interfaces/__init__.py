"""Every way in. Translate, decide nothing."""
