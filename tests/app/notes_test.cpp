// A speaker's notes and a reader's transcript, as the command line gives them.
#include "tests/support/program.h"

namespace app::test {

namespace {

const std::string lesson =
    "walkthrough 1\ntitle en: A <lesson>\ntitle zh: 一课\nabout en: About it.\ncluster A B C\nseed 2\n\n"
    "step \"First & last\"\n  say en: They elect.\n  say zh: 他们选举。\n  note en: Speak \"slowly\".\n"
    "  ask en: A leader?\n  ask zh: 有领导者吗？\n  answer leaders = 1 within 2s\n"
    "  ask en: How many?\n  option en: one when leaders = 1 within 2s\n  option en: two when leaders = 2 within 2s\n"
    "  until leaders = 1 within 2s\n\nstep \"Hidden\"\n  hide\n  settle\n";

}  // namespace

TEST_CASE("notes as text: step by step what is said, noted and asked, with the answers that were found") {
  const Folder folder;
  write(folder / "lesson.walk", lesson);
  const Result english = run(folder, "run lesson.walk --notes en");
  CHECK(english.status == 0);
  CHECK(english.out ==
        "A <lesson>\nAbout it.\n\n1 / 2  First & last\n   They elect.\n   * Speak \"slowly\".\n   ? A leader?\n   = yes\n"
        "   ? How many?\n     1 one\n     2 two\n   = one\n\n2 / 2  Hidden  (not shown)\n");
  const Result chinese = run(folder, "run lesson.walk --notes zh");
  CHECK(chinese.out.find("一课\n") == 0);
  CHECK(chinese.out.find("   他们选举。\n") != std::string::npos);
}

TEST_CASE("notes as a page: one file that needs no other, in either language, with nothing left unescaped") {
  const Folder folder;
  write(folder / "lesson.walk", lesson);
  CHECK(run(folder, "run lesson.walk --notes page.html").status == 0);
  const std::string page = read(folder / "page.html");
  CHECK(page.find("<h1>A &lt;lesson&gt;</h1>") != std::string::npos);
  CHECK(page.find("First &amp; last</h2>") != std::string::npos);
  CHECK(page.find("<li>one</li><li>two</li>") != std::string::npos);
  CHECK(page.find("<strong>one</strong>") != std::string::npos);
  CHECK(page.find("http") == std::string::npos);
  CHECK(page.find("<html lang=\"en\">") != std::string::npos);
  CHECK(run(folder, "run lesson.walk --notes page.zh.html").status == 0);
  CHECK(read(folder / "page.zh.html").find("<html lang=\"zh-CN\">") != std::string::npos);
}

TEST_CASE("notes are refused in another form, for several files, and where they cannot be written") {
  const Folder folder;
  write(folder / "lesson.walk", lesson);
  CHECK(run(folder, "run lesson.walk --notes page.pdf").status == 2);
  CHECK(run(folder, "run lesson.walk lesson.walk --notes page.html").status == 2);
  CHECK(run(folder, "run lesson.walk --notes nowhere/page.html").status == 3);
}

TEST_CASE("what a walkthrough may break is told where it happens: in the transcript, the trace and the summary") {
  const Folder folder;
  write(folder / "two.walk",
        "walkthrough 1\ncluster A B C\nset rule one_vote_per_term off\nset timers manual\nallow violation \"Election Safety\"\n\nstep \"s\"\n"
        "  do timeout A\n  do timeout B\n  until leaders = 2 within 1s\n");
  const Result told = run(folder, "run two.walk --transcript en --trace t.jsonl");
  CHECK(told.status == 0);
  const std::string trace = read(folder / "t.jsonl");
  const std::size_t stamp = trace.find(",\"broken\":[\"Election Safety\"]}\n");
  REQUIRE(stamp != std::string::npos);
  const std::size_t line = trace.rfind("{\"event\":", stamp) + std::string("{\"event\":").size();
  const std::string event = trace.substr(line, trace.find(',', line) - line);
  CHECK(told.out.find("   ! Election Safety is broken by event " + event + "\n") != std::string::npos);
  CHECK(run(folder, "run two.walk").out.ends_with("everything expected held; broken, as its head allows: Election Safety\n"));
}

TEST_CASE("a transcript tells what was lost, and what is tried again, once") {
  const Folder folder;
  write(folder / "cut.walk",
        "walkthrough 1\ncluster A B C\nset timers manual\nset latency 10ms..10ms\n\nstep \"s\"\n  do timeout A\n  settle\n"
        "  do cut A -> B\n  for 300ms\n  do crash C\n  do write x=1\n  for 300ms\n  do timeout B\n  for 300ms\n");
  const Result told = run(folder, "run cut.walk --transcript en");
  CHECK(told.status == 0);
  const auto count = [&told](const std::string& text) {
    std::size_t times = 0;
    for (std::size_t at = told.out.find(text); at != std::string::npos; at = told.out.find(text, at + 1)) ++times;
    return times;
  };
  CAPTURE(told.out);
  CHECK(count("eartbeat from A to B") >= 1);
  CHECK(count("eartbeat from A to B") <= 3);  // once after each thing that was done
  CHECK(count("sends the same again") >= 1);
  CHECK(count("B checks who has not answered yet.") == 1);
}

}  // namespace app::test
