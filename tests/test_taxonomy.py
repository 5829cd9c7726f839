import json
from pathlib import Path

import pytest

import seeds
from qa.category.taxonomy import Taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return Taxonomy.load(seeds.TAXONOMY)


def test_the_survey_has_33_categories_of_which_26_carry_205_methods(taxonomy: Taxonomy) -> None:
    assert (len(taxonomy.categories), len(taxonomy.leaves()), len(taxonomy.methods)) == (33, 26, 205)


def test_a_path_runs_from_the_family_down(taxonomy: Taxonomy) -> None:
    assert taxonomy.path("generator-discriminator") == ("inductive-bias", "self-play", "generator-discriminator")
    assert taxonomy.names(("model-feedback", "scalar-reward"), "ko") == ("모델 피드백을 통한 정렬", "스칼라 보상")


def test_a_method_counts_once_in_a_category(taxonomy: Taxonomy) -> None:
    groups = {group.category.category_id: group.count for group in taxonomy.groups("self-play")}
    assert groups == {"self-play": 1, "generator-discriminator": 3, "debate": 8}
    assert taxonomy.count("self-play") == 1 + 3 + 8
    assert taxonomy.count("model-feedback") == 37 + 17 + 8


def test_the_main_path_stands_first(taxonomy: Taxonomy) -> None:
    assert taxonomy.methods["eto"].paths[0] == ("environment-feedback", "embodied-environment")
    assert taxonomy.methods["constitutional-ai"].paths[0] == ("inductive-bias", "self-judge")


def test_a_path_that_is_no_chain_is_refused(tmp_path: Path) -> None:
    raw = json.loads(seeds.TAXONOMY.read_text(encoding="utf-8"))
    raw["methods"][0]["categories"] = [["model-feedback", "debate"]]
    file = tmp_path / "taxonomy.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ValueError, match="entropy-minimization has the path"):
        Taxonomy.load(file)
