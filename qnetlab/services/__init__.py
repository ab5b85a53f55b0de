"""What speaks HTTP: key delivery to applications, as ETSI GS QKD 014 describes it."""
