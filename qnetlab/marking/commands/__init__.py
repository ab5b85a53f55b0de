"""What the commands of ``qnetlab`` do; one module each, with ``arguments(parser)`` and ``main(options) -> int``."""
