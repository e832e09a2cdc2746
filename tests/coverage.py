# Adds up what gcov says of the lines of raft/. A line of a header counts once, however many files include it. Fails below
# 95 %, for a line that no test runs and coverage.txt does not explain, and for an explanation that nothing needs.
import collections, json, os, subprocess, sys

build, root = sys.argv[1:3]


def lines_that_ran():
    ran = collections.defaultdict(dict)  # file -> line -> was it run
    notes = [os.path.join(folder, name) for folder, _, names in os.walk(build) for name in names if name.endswith(".gcno")]
    for note in notes:
        printed = subprocess.run(["gcov", "--json-format", "--stdout", note], cwd=build, capture_output=True, check=True).stdout
        for part in printed.decode().splitlines():
            for file in json.loads(part)["files"]:
                path = os.path.relpath(os.path.join(build, file["file"]), root)
                if not path.startswith("raft/"):
                    continue
                for line in file["lines"]:
                    ran[path][line["line_number"]] = ran[path].get(line["line_number"], False) or line["count"] > 0
    return ran


def explained_lines():
    explained = set()
    for line in open(os.path.join(root, "tests/coverage.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            path, _, code = line.partition(": ")
            explained.add((path, code.strip()))
    return explained


ran = lines_that_ran()
explained = explained_lines()
needed = set()
unexplained = 0
folders = collections.defaultdict(lambda: [0, 0])
for path, lines in sorted(ran.items()):
    missed = [number for number, hit in sorted(lines.items()) if not hit]
    for group in (os.path.dirname(path), "raft"):
        folders[group][0] += len(lines) - len(missed)
        folders[group][1] += len(lines)
    source = open(os.path.join(root, path), encoding="utf-8").read().split("\n")
    for number in missed:
        place = (path, source[number - 1].strip())
        needed.add(place)
        if place not in explained:
            unexplained += 1
            print(f"{path}:{number}: never run, and not explained: {place[1]}")
for path, code in sorted(explained - needed):
    print(f"{path}: explained, and run or not there: {code}")
for folder, (hit, total) in sorted(folders.items()):
    print(f"{folder:<20} {hit:>6} of {total:>6} lines  {100 * hit / total:5.1f} %")
hit, total = folders["raft"]
sys.exit(hit < 0.95 * total or unexplained > 0 or explained != explained & needed)
