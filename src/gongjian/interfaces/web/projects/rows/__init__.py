"""What the pages of the register show, made ready for their templates."""
