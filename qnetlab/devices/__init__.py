"""What stands on the optical table: frozen values in SI-suffixed units whose defaults are ideal."""
