from tutoriallab import data


def test_a_checkout_offers_its_own_modules_and_definition() -> None:
    assert (data.programs_dir() / "kubernetes" / "go.mod").is_file()
    assert list(data.crds_dir().glob("*.yaml"))
