"""A first password, to be handed over once and changed at once."""

import secrets
import string

# Without those that look alike on paper: 0 O o, 1 l I.
LETTERS = "".join(
    letter for letter in string.ascii_letters + string.digits if letter not in "0Oo1lI"
)
LENGTH = 16


def first_password() -> str:
    """Sixteen letters and digits by chance, with all three classes in it."""
    while True:
        password = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        kinds = (str.islower, str.isupper, str.isdigit)
        if all(any(kind(letter) for letter in password) for kind in kinds):
            return password
