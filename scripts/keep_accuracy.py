"""Keep how well criteria are read, for the page About the data.

    python scripts/keep_accuracy.py SCORE.json 2026-11-25

SCORE.json is what the gold set's `score.py score --json` prints, for the studies that were kept back.
"""

import json
import sys
from datetime import date
from pathlib import Path

import tomli_w

TARGET = Path(__file__).resolve().parents[1] / "trialfinder" / "ui" / "accuracy.toml"


def accuracy_of(score: dict[str, dict[str, dict[str, float]]], day: date) -> dict[str, object]:
    """The figures that the page shows, as `trialfinder.ui.overview.Accuracy` takes them."""
    total = score["total"]
    return {
        "day": day.isoformat(),
        "n_studies": total["studies"],
        "wrong_no": round(float(total["wrong_no"]), 4),
        "missed_no": round(float(total["missed_no"]), 4),
        "exact": {key: round(row["exact"], 3) for key, row in score["keys"].items()},
    }


def main() -> None:
    """Write the file."""
    score = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    figures = accuracy_of(score, date.fromisoformat(sys.argv[2]))
    TARGET.write_text("# Written by scripts/keep_accuracy.py.\n" + tomli_w.dumps(figures), encoding="utf-8")
    print(f"Wrote {TARGET.name}.")


if __name__ == "__main__":
    main()
