// The list of futures, by mouse: to another one, and what the menu of a row does with it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/tree.h"
#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;
using ui::Rect;

namespace {

namespace fs = std::filesystem;

const raft::check::Branches& branches(Bench& bench) { return bench.twin().session().branches(); }

/// Some events; then, two events before, the first node is crashed.
void crash_in_the_past(Bench& bench) {
  start_free_play(bench, 3);
  for (int i = 0; i < 6; ++i) bench.key("Right");
  bench.key("Left");
  bench.key("Left");
  bench.key("1");
  bench.see();
  const Json crashed = bench.act([&] { bench.key("k"); });
  CHECK(crashed["command"] == "crash A");
  CHECK(crashed["origin"] == "key");
  REQUIRE(branches(bench).all().size() == 2);
}

/// Opens the list by its button, which bears the name of the branch that one stands on. Returns where it is.
Rect open_list(Bench& bench, const std::string& name) {
  const Rect bar = bench.twin().layout().transport;
  bench.click_on(name, bar);
  bench.see();
  REQUIRE(bench.twin().ui_state().branch_list.open);
  return {bar.left, bench.find(bench.words("ui.branches"), {0, 0, bar.right, bar.top}).top, bar.right, bar.top};
}

void open_menu_of_row(Bench& bench, const std::string& name, const Rect& list) {
  const Rect row = bench.find(name, list);
  bench.click_on(ui::icon::bars, {row.left, row.top, list.right, row.bottom});
  bench.see();
}

void choose_for_row(Bench& bench, const std::string& on, const std::string& row, const char* what) {
  const Rect list = open_list(bench, on);
  open_menu_of_row(bench, row, list);
  bench.click_text(what, list);
}

}  // namespace

TEST_CASE("branches: a row of the list stands on it; its menu renames it, compares it, deletes it") {
  Bench bench({.name = "branches"});
  crash_in_the_past(bench);
  const raft::check::BranchId branch = branches(bench).current_id();
  const raft::sim::Time clock = bench.twin().session().run().clock();
  CHECK_FALSE(bench.twin().world().machine(raft::node_at(0)).up);
  const Rect list = open_list(bench, "Branch 2");
  bench.keep_picture("list");
  bench.click_on("Main", list);
  bench.see();
  CHECK(branches(bench).current_id() == raft::check::trunk);
  CHECK(bench.twin().world().machine(raft::node_at(0)).up);
  CHECK(bench.twin().session().run().clock() == clock);

  choose_for_row(bench, "Main", "Branch 2", "ui.rename_branch");
  bench.see();
  bench.key("ctrl+a");
  bench.type("without A");
  bench.key("Return");
  bench.see();
  CHECK(branches(bench).find(branch)->name == "without A");
  choose_for_row(bench, "Main", "without A", "compare.with_branch");
  bench.see();
  bench.find("without A", {Display::width / 2.0F, 48, Display::width, 100});
  bench.keep_picture("compared");
  bench.key("c");
  bench.see();
  choose_for_row(bench, "Main", "without A", "ui.remove_branch");
  bench.see();
  CHECK(branches(bench).all().size() == 1);
  bench.key("Escape");
  bench.see();
  bench.quit();
}

TEST_CASE("branches: the menu of a row saves that future, which replays without a window") {
  const std::string folder = kept_by("branch-saved", "data") + "/raftlab";
  Bench bench({.name = "branch-saved"});
  crash_in_the_past(bench);
  choose_for_row(bench, "Branch 2", "Branch 2", "ui.save_branch");
  const auto saved = [&] {
    std::error_code code;
    const fs::directory_iterator all(folder, code);
    const auto found = std::find_if(begin(all), end(all), [](const auto& entry) { return entry.path().extension() == ".walk"; });
    return found == end(all) ? std::string() : found->path().string();
  };
  bench.until("the file", [&] { return !saved().empty(); });
  std::ifstream file(saved());
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK(text.find("do crash A") != std::string::npos);
  CHECK(run({.command = {built_program(), "run", saved()}, .output = kept("branch-saved.run.log")}) == 0);
  bench.quit();
}
