"""What the forms of all rooms carry."""

from uuid import UUID, uuid4


def act_key(text: str) -> UUID:
    """The key a form carries so that it counts once; without one the act stands for itself."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
