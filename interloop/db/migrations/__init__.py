"""Migrations, run by `interloop.db.upgrade`."""
