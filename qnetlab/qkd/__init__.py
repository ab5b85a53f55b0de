"""From detector clicks to a verified secret key that two parties really hold: numpy only, no circuit and no device."""
