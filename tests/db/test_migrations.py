"""Models and migrations agree, up, down and up again."""

from sqlalchemy import Enum, create_engine, inspect

from interloop.db.tables import Base
from interloop.db.upgrade import differences, downgrade, upgrade
from tests.support.databases import DatabaseUrls


def test_models_equal_migrations_there_and_back(database_urls: DatabaseUrls) -> None:
    url = database_urls.database_admin_url
    assert differences(url) == []
    downgrade(url)
    upgrade(url)
    assert differences(url) == []


def test_the_database_takes_every_value_of_every_enumeration(database_urls: DatabaseUrls) -> None:
    engine = create_engine(database_urls.database_admin_url.replace("+aiosqlite", ""))
    with engine.connect() as connection:
        look = inspect(connection)
        for name, table in Base.metadata.tables.items():
            checks = " ".join(each["sqltext"] for each in look.get_check_constraints(name))
            kinds = [each.type for each in table.columns if isinstance(each.type, Enum)]
            missing = [v for kind in kinds for v in kind.enums if f"'{v}'" not in checks]
            assert not missing, f"{name} refuses {missing}"
    engine.dispose()
