"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id at 19 MiB, 2 passes, 1 lane: the OWASP minimum for an office computer.

    Django's own figures take 100 MiB and 8 lanes a log-in, which lets a handful of people who log
    in at once starve a two-core machine.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
