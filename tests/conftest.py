"""What every test may ask for: databases, Temporal servers; and no way off this machine."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from temporalio.testing import WorkflowEnvironment

from interloop import collector
from interloop.network import stay_on_this_machine
from tests.support.databases import Databases, DatabaseUrls
from tests.support.product import Product, running_product
from tests.support.temporal import skipping_server, steady_server

KINDS = {"sqlite": ["sqlite"], "postgres": ["postgres"], "both": ["sqlite", "postgres"]}
GUARD = Path(__file__).parent / "support" / "guard"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=KINDS, default="sqlite", help="databases to run against")


def pytest_configure() -> None:
    # Examples are the same on every run, and a busy machine is no defect.
    settings.register_profile("house", deadline=None, derandomize=True, database=None)
    settings.load_profile("house")
    stay_on_this_machine()
    # Processes that a test starts are kept on this machine as well.
    paths = [str(GUARD), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)


def pytest_collection_finish() -> None:
    # As the product's own processes: a tenth of the processor time of an API test or a journey.
    collector.spare()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        kinds = KINDS[metafunc.config.getoption("--db")]
        metafunc.parametrize("database_kind", kinds, scope="module")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Migrated databases to copy from."""
    lender = Databases(tmp_path_factory.mktemp("databases"))
    yield lender
    lender.close()


@pytest.fixture(scope="module")
def database_urls(databases: Databases, database_kind: str) -> Iterator[DatabaseUrls]:
    """URLs of a fresh migrated installation for this module, of each kind in turn."""
    with databases.copy(database_kind) as urls:
        yield urls


@pytest.fixture(scope="module")
def database_url(database_urls: DatabaseUrls) -> str:
    """URL of the data as the application's role opens it."""
    return database_urls.database_url


@pytest.fixture(scope="session")
def shared_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product on SQLite, shared by every module: each opens jobs of its own."""
    with running_product(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture(scope="module")
def product(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> Iterator[Product]:
    """The whole product, running; on each kind of database in turn."""
    if database_kind == "sqlite":
        yield request.getfixturevalue("shared_product")
        return
    databases: Databases = request.getfixturevalue("databases")
    folder = tmp_path_factory.mktemp("product")
    with databases.copy(database_kind) as urls, running_product(folder, urls.env()) as running:
        yield running


@pytest.fixture(scope="session")
async def temporal() -> AsyncIterator[WorkflowEnvironment]:
    """A real Temporal server that keeps the machine's time."""
    async with steady_server() as env:
        yield env


@pytest.fixture(scope="session")
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A real Temporal server whose time a test moves."""
    async with skipping_server() as env:
        yield env
