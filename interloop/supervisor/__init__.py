"""Runs the whole product on one machine: ports, order, readiness, restarts, one clean end."""
