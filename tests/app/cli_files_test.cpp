// What the command line reads and writes: nothing that is read is written over, links and devices keep their places.
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/program.h"

namespace app::test {

namespace {

namespace fs = std::filesystem;

const std::string good_one = "walkthrough 1\ncluster A B C\nseed 2\nstep \"s\"\n  until leaders = 1 within 1s\n";

}  // namespace

TEST_CASE("bad input overwrites no file, also not that of the window's trace") {
  const Folder folder;
  write(folder / "bad.walk", good_one + "  exepct safe\n");
  write(folder / "old.jsonl", "old\n");
  CHECK(run(folder, "bad.walk --trace old.jsonl").status == 2);
  CHECK(read(folder / "old.jsonl") == "old\n");
}

TEST_CASE("what is read is not written over, however it is spelled, and a seed is a whole number") {
  const Folder folder;
  write(folder / "good.walk", good_one);
  for (const char* line : {"run good.walk --trace good.walk", "run ./good.walk --history good.walk", "run good.walk --shiviz ./x/../good.walk",
                           "good.walk --record ./good.walk", "good.walk --trace good.walk"}) {
    CAPTURE(line);
    const auto result = run(folder, line);
    CHECK(result.status == 2);
    CHECK(result.err.find("would overwrite") != std::string::npos);
    CHECK(read(folder / "good.walk") == good_one);
  }
  CHECK(run(folder, "run good.walk --trace ./one --history one").status == 2);
  for (const char* seed : {"-1", "18446744073709551616", "0x10", "1.5", "''"}) CHECK(run(folder, std::string("run good.walk --seed ") + seed).status == 2);
  CHECK(run(folder, "run good.walk --seed 010 --hash").out == run(folder, "run good.walk --seed 10 --hash").out);
}

TEST_CASE("nor is what is included") {
  const Folder folder;
  const std::string head = "cluster A B C\nseed 2\n";
  fs::create_directory(folder / "sub");
  write(folder / "sub" / "head.walk", head);
  write(folder / "main.walk", "walkthrough 1\ninclude sub/head.walk\nstep \"s\"\n  for 1ms\n");
  for (const char* line : {"run main.walk --trace sub/head.walk", "run main.walk --history ./sub/../sub/head.walk", "run main.walk --shiviz sub/head.walk",
                           "main.walk --trace sub/head.walk", "main.walk --record sub/head.walk"}) {
    CAPTURE(line);
    const auto result = run(folder, line);
    CHECK(result.status == 2);
    CHECK(result.err.find(" would overwrite sub/head.walk; name another file") != std::string::npos);
    CHECK(read(folder / "sub" / "head.walk") == head);
  }
  CHECK(run(folder, "run main.walk --trace sub/other.jsonl").status == 0);
}

TEST_CASE("a film of a kind that is not made is not taken for a folder") {
  const Folder folder;
  write(folder / "good.walk", good_one);
  for (const char* name : {"x.avi", "x.png"}) {
    const auto result = run(folder, std::string("render good.walk -o ") + name);
    CHECK(result.status == 2);
    CHECK(result.err.find("a film ends in .mp4, .webm or .gif, not in ") != std::string::npos);
    CHECK_FALSE(fs::exists(folder / name));
  }
}

TEST_CASE("the explorer takes a head alone as a state to start from; a run needs a step") {
  const Folder folder;
  write(folder / "head.walk", "walkthrough 1\ncluster A B C\ngiven A term 1 vote A log 1:x\ngiven B term 1 vote A\ngiven C\n");
  CHECK(run(folder, "explore head.walk --terms 1 --entries 0 --crashes 0 --drops 0").status == 0);
  CHECK(run(folder, "run head.walk").err.find("there is no step") != std::string::npos);
}

TEST_CASE("a file is written through a link, and into a device, without taking its place") {
  const Folder folder;
  write(folder / "good.walk", good_one);
  write(folder / "real.jsonl", "old\n");
  fs::create_symlink("real.jsonl", folder / "link.jsonl");
  CHECK(run(folder, "run good.walk --trace link.jsonl").status == 0);
  CHECK(fs::is_symlink(folder / "link.jsonl"));
  CHECK(lines(read(folder / "real.jsonl")) > 2);
  CHECK(run_shell(folder, "'" + built_program() + "' run good.walk --trace /dev/stdout >told").status == 0);
  CHECK(fs::is_symlink("/dev/stdout"));
  const std::string told = read(folder / "told");
  CHECK(told.starts_with("{"));  // the trace, and then what is printed, which overwrites nothing of it
  CHECK(told.find("\n{") != std::string::npos);
  CHECK(told.find("good.walk") != std::string::npos);
  fs::create_symlink("/dev/stdout", folder / "out.jsonl");
  CHECK(run_shell(folder, "'" + built_program() + "' run good.walk --trace out.jsonl >told").status == 0);
  CHECK(read(folder / "told") == told);
  fs::create_symlink("not_yet.jsonl", folder / "dangling.jsonl");
  CHECK(run(folder, "run good.walk --trace dangling.jsonl").status == 0);
  CHECK(fs::is_symlink(folder / "dangling.jsonl"));
  CHECK(lines(read(folder / "not_yet.jsonl")) > 2);
}

}  // namespace app::test
