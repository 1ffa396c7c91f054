"""All knobs, in one class; nobody else reads the environment."""

from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, JsonValue, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every knob has a default that works on a laptop; prefix `INTERLOOP_`."""

    model_config = SettingsConfigDict(env_prefix="INTERLOOP_", frozen=True)

    profile: Literal["sandbox", "production"] = "sandbox"
    state_dir: Path = Path("var")
    """Databases, keys, recordings and logs of this installation."""
    guard_network: bool = True
    """Refuse any address but loopback and this host's own, while the sandbox plays the models."""

    database_url: str = ""
    """SQLAlchemy URL of the data; empty: SQLite under `state_dir`."""
    database_admin_url: str = ""
    """URL of the owner role that migrates; empty: `database_url`."""
    keys_url: str = ""
    """SQLAlchemy URL of the key store; empty: SQLite under `state_dir`."""
    root_key_file: Path | None = None
    """File with the 32-byte root key, hex; empty: `state_dir/secrets/root.key`, made at first."""

    app_url: str = "http://127.0.0.1:8000"
    """Address people reach the app at; links in mails start with it."""
    api_host: str = "127.0.0.1"
    api_port: int = 8000
    gateway_host: str = "127.0.0.1"
    gateway_port: int = 0
    gateway_slots: int = 8
    """Interviews one gateway holds at once."""
    private_peers: bool = False
    """Call pages of private networks back: for an installation inside one building."""
    turn_urls: tuple[str, ...] = ()
    """Relays that pages may use, such as `turns:relay.example:443?transport=tcp`."""
    turn_secret: SecretStr = SecretStr("")
    """What the relays share with us (coturn: `static-auth-secret`)."""
    gateway_heartbeat_s: float = 3.0
    """Heartbeat timeout of the interview activity."""

    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "interloop"
    temporal_web_url: str = "http://127.0.0.1:8233"
    task_queue: str = "journeys"

    uploads_kept_days: int = Field(default=30, ge=1)
    """How long it stays to be seen what became of each file or row of an upload that was read."""
    news_kept_days: int = Field(default=30, ge=4)
    """How long news to other systems can be looked up and sent again; tries take three days."""

    live_base_url: str = ""
    """Address of the live model service; empty: the vendor's own."""
    live_model: str = "gemini-3.8-live"
    live_capabilities: dict[str, JsonValue] = {}
    """JSON with fields of `LiveCapabilities` that differ from the table in `domain/live_model`."""
    live_voice: str = ""
    """Name of one of the service's voices; empty: its own choice."""
    live_language: str = ""
    """BCP-47 language of the interviewer's voice; empty: its own choice."""
    judge_model: str = "gemini-3.8-flash"
    transcribe_model: str = "gemini-3.5-transcribe"
    gemini_api_key: SecretStr = SecretStr("")
    """Key of a *paid* project; empty: the sandbox profile."""
    live_ca_file: Path | None = None
    """Certificate of a live service with its own authority (the sandbox)."""
    sandbox_control_url: str = ""
    google_url: str = ""
    """Address that plays Google's calendars and tokens (the sandbox); empty: Google itself."""

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 1025
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    mail_from: str = "Interloop <interviews@interloop.example>"

    password_cost: Literal["normal", "cheap"] = "normal"  # noqa: S105 - not a secret
    """`cheap` only in tests."""
    sign_ins_by_account: str = "10/5minute"
    """So often somebody may try to sign in to one account, in the words of the package `limits`."""
    log_level: str = "INFO"
    failpoints_dir: Path | None = None
    """Folder in which a chaos run says where a process is to die; never in production."""

    @model_validator(mode="after")
    def _nobody_dies_in_production(self) -> Self:
        if self.failpoints_dir is not None and not self.sandbox:
            raise ValueError("failpoints are for chaos runs, not for production")
        return self

    @property
    def sandbox(self) -> bool:
        """Tell whether this is the profile in which the sandbox plays the outside parties."""
        return self.profile == "sandbox"

    @property
    def sandbox_model(self) -> bool:
        """Tell whether the sandbox plays the models; a key puts the real ones in."""
        return self.sandbox and not self.gemini_api_key.get_secret_value()

    @property
    def on_loopback(self) -> bool:
        """Tell whether the gateway serves this machine only."""
        return self.gateway_host in {"127.0.0.1", "localhost"}

    @property
    def calls_inside(self) -> bool:
        """Tell whether a gateway may send to private addresses that a page names."""
        return self.on_loopback or self.private_peers

    @property
    def webhook_origin(self) -> str:
        """Return the origin of the sandbox's own receiver, the only one on this machine."""
        return self.sandbox_control_url.rstrip("/") if self.sandbox else ""

    @property
    def mail_domain(self) -> str:
        """Return the domain of the sender: the ids of our mails end with it (RFC 5322)."""
        return parseaddr(self.mail_from)[1].rpartition("@")[2] or "interloop.invalid"

    @property
    def data_url(self) -> str:
        """Return the URL of the data."""
        return self.database_url or f"sqlite+aiosqlite:///{self.state_dir}/interloop.db"

    @property
    def owner_url(self) -> str:
        """Return the URL of the role that owns the tables and migrates them."""
        return self.database_admin_url or self.data_url

    @property
    def keystore_url(self) -> str:
        """Return the URL of the key store."""
        return self.keys_url or f"sqlite+aiosqlite:///{self.state_dir}/keys.db"

    @property
    def root_key_path(self) -> Path:
        """Return the file of the root key."""
        return self.root_key_file or self.state_dir / "secrets" / "root.key"

    @property
    def recordings_dir(self) -> Path:
        """Return the folder of recordings and uploaded documents (all encrypted)."""
        return self.state_dir / "objects"

    @property
    def spool_dir(self) -> Path:
        """Return the folder whose disk holds work in progress, unreadable and without names."""
        return self.state_dir / "spool"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
