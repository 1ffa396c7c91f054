"""Models and migrations agree, up, down and up again."""

from interloop.db.upgrade import differences, downgrade, upgrade
from tests.support.databases import DatabaseUrls


def test_models_equal_migrations_there_and_back(database_urls: DatabaseUrls) -> None:
    url = database_urls.database_admin_url
    assert differences(url) == []
    downgrade(url)
    upgrade(url)
    assert differences(url) == []
