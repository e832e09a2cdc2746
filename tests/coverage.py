# Adds up what gcov says of the lines of raft/. A line of a header counts once, however many files include it. Fails below
# 95 %, for a line that no test runs and coverage.txt does not explain, and for an explanation that nothing needs.
import collections, json, os, re, subprocess, sys

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
    explained = collections.Counter()
    for line in open(os.path.join(root, "tests/coverage.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            path, _, code = line.partition(": ")
            explained[path, code.strip()] += 1
    return explained


# The three kinds of lines that are no statement a test could run. coverage.txt says why.
def only_closes(source, at):
    return source[at].strip() == "}"


def declares_a_type(source, at):
    """The head of a class, or one of its members: directly inside it, and neither a body nor a call."""
    line = source[at].split("//")[0].strip()
    if re.fullmatch(r"(struct|class) \w+( final)? (: [\w:, ]+ )?\{", line):
        return True
    if not re.fullmatch(r"friend bool operator==\([^()]*\) = default;|[\w:<>, *&]+( = [^(){};]+)?;", line):
        return False
    indent = len(source[at]) - len(source[at].lstrip())
    around = (before for before in reversed(source[:at]) if before.strip() and len(before) - len(before.lstrip()) < indent)
    outer = next((before for before in around if not re.fullmatch(r"\s*(public|protected|private):", before)), "")
    return re.fullmatch(r"\s*(struct|class) [^;()]*\{", outer) is not None


def follows_whole_switch(source, at):
    """`return …;` directly behind a switch without default and break whose last case returns, too; -Wswitch, which is an
    error here, sees to it that every enumerator has its case."""
    indent = re.match(r" *(?=return [^()]*;$|return \w*\{\};$)", source[at])
    if not indent or source[at - 1] != indent[0] + "}":
        return False
    head = next(i for i in range(at - 2, -1, -1) if source[i].startswith(indent[0]) and not source[i].startswith(indent[0] + " "))
    if not source[head].strip().startswith("switch ("):
        return False
    body = "\n".join(line.split("//")[0].rstrip() for line in source[head + 1 : at - 1])
    last = body[body.rindex("case ") :].rstrip(" \n}")
    return not re.search(r"\b(default:|break;)", body) and re.search(r"[:;{]\s*return\b[^;]*;$", last) is not None


ran = lines_that_ran()
explained = explained_lines()
needed = collections.Counter()
kinds = collections.Counter()
unexplained = 0
folders = collections.defaultdict(lambda: [0, 0])
for path, lines in sorted(ran.items()):
    missed = [number for number, hit in sorted(lines.items()) if not hit]
    for group in (os.path.dirname(path), "raft"):
        folders[group][0] += len(lines) - len(missed)
        folders[group][1] += len(lines)
    source = open(os.path.join(root, path), encoding="utf-8").read().split("\n")
    for number in missed:
        kind = next((kind for kind in (only_closes, declares_a_type, follows_whole_switch) if kind(source, number - 1)), None)
        if kind:
            kinds[kind.__name__] += 1
            continue
        place = (path, source[number - 1].strip())
        needed[place] += 1
        if needed[place] > explained[place]:
            unexplained += 1
            print(f"{path}:{number}: never run, and not explained: {place[1]}")
for path, code in sorted((explained - needed).elements()):
    print(f"{path}: explained, and run or not there: {code}")
for folder, (hit, total) in sorted(folders.items()):
    print(f"{folder:<20} {hit:>6} of {total:>6} lines  {100 * hit / total:5.1f} %")
hit, total = folders["raft"]
told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(kinds.items()))
print(f"never run: {total - hit}; of them {told}; {total - hit - kinds.total()} by coverage.txt")
sys.exit(hit < 0.95 * total or unexplained > 0 or bool(explained - needed))
