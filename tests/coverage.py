# Adds up what gcov says of the lines of raft/. A line of a header counts once, however many files include it.
import collections, json, os, subprocess, sys

build, root = sys.argv[1:3]
ran = collections.defaultdict(dict)  # file -> line -> was it run
notes = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(build, "raft"))
         for name in names if name.endswith(".gcno")]
for note in notes:
    printed = subprocess.run(["gcov", "--json-format", "--stdout", note], cwd=build, capture_output=True, check=True).stdout
    for part in printed.decode().splitlines():
        for file in json.loads(part)["files"]:
            path = os.path.relpath(os.path.join(build, file["file"]), root)
            if not path.startswith("raft/"):
                continue
            for line in file["lines"]:
                ran[path][line["line_number"]] = ran[path].get(line["line_number"], False) or line["count"] > 0

folders = collections.defaultdict(lambda: [0, 0])
for path, lines in sorted(ran.items()):
    missed = [number for number, hit in sorted(lines.items()) if not hit]
    for group in (os.path.dirname(path), "raft"):
        folders[group][0] += len(lines) - len(missed)
        folders[group][1] += len(lines)
    source = open(os.path.join(root, path)).read().split("\n")
    for number in missed:
        print(f"{path}:{number}: never run: {source[number - 1].strip()}")
for folder, (hit, total) in sorted(folders.items()):
    print(f"{folder:<20} {hit:>6} of {total:>6} lines  {100 * hit / total:5.1f} %")
hit, total = folders["raft"]
sys.exit(hit < 0.95 * total)
