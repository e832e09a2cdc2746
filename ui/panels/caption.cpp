// The caption band: one sentence, always in the same place, and Back and Next that never move. In free play it says
// what happened last and what the cluster is waiting for.
#include <imgui.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

constexpr float caption_margin = 24;
constexpr float back_width = 104;
constexpr float count_width = 96;
constexpr float next_width = 120;
constexpr float words_need = 900;   // from here on Back and Next have their words
constexpr float high_height = 104;   // from here on there is room for options that are read from far away

constexpr const char* between_headings = "  ·  ";

struct Texts {
  std::string heading;
  std::string sentence;
  std::string below;  // quiet
};

Texts walkthrough_texts(const Panel& panel, const WalkthroughView& walkthrough) {
  Texts texts{walkthrough.heading, walkthrough.caption, {}};
  if (walkthrough.step < 0) {
    texts.heading = walkthrough.title;
    texts.sentence = walkthrough.about;
  }
  if (walkthrough.question) {
    // The question takes the place of the sentence, which stays readable beside the heading.
    if (panel.state.room) texts.heading.clear();  // there is room for one of them
    if (!texts.heading.empty() && !texts.sentence.empty()) texts.heading += between_headings;
    texts.heading += texts.sentence;
    texts.sentence = walkthrough.question->text;
  }
  if (texts.sentence.empty()) std::swap(texts.heading, texts.sentence);
  if (panel.view.author != nullptr) {
    texts.below = panel.text("author.writing");
  } else if (walkthrough.seeks_goal) {
    texts.below = walkthrough.limits;
  } else if (walkthrough.left) {
    texts.below = panel.text("ui.walkthrough_left");
  } else if (walkthrough.ended) {
    texts.below = walkthrough.next_lesson.empty() ? panel.text("ui.walkthrough_ended")
                                                  : panel.text("ui.lesson_ended", {{"title", walkthrough.next_lesson}});
  }
  return texts;
}

std::string score_text(const Panel& panel, const GuessView::Score& score) {
  return panel.text("guess.score", {{"concept", score.concept_name}, {"right", score.right}, {"asked", score.asked}});
}

/// The question; once it is answered, why.
Texts guess_texts(const Panel& panel, const GuessView& guess) {
  Texts texts{score_text(panel, guess.all), guess.question, {}};
  for (const GuessView::Score& score : guess.by_concept) texts.heading += between_headings + score_text(panel, score);
  if (!guess.answer) return texts;
  texts.heading = panel.text(guess.answer == guess.guessed ? "guess.right" : "guess.wrong") + between_headings + texts.heading;
  if (!guess.why.empty()) texts.sentence = guess.why;
  return texts;
}

Texts free_play_texts(const Panel& panel) {
  Texts texts;
  texts.below = raft::explain::why_nothing_happens(panel.view.words, panel.world());
  for (auto line = panel.view.events.rbegin(); line != panel.view.events.rend(); ++line) {
    if (line->quiet) continue;
    // While time goes by they would take the place of what matters; who steps to one reads of it.
    if (line->late && (panel.view.playing || line->number != panel.view.run.position())) continue;
    texts.sentence = line->headline.empty() ? line->what : line->headline;
    // What goes without saying has gone by since: the number beside the sentence is that of the last of them.
    if (line->number != panel.view.run.position()) texts.heading = panel.text("ui.event_word") + " " + std::to_string(line->number);
    break;
  }
  if (texts.sentence.empty()) std::swap(texts.sentence, texts.below);
  // Of two runs side by side the one at the left is told of.
  if (panel.view.compare != nullptr) texts.heading = panel.text("compare.tells_of", {{"run", panel.view.compare->name}});
  return texts;
}

/// Between Back and Next: the step, which a click lists with all others; or the event, with the word, because a bare
/// number could count anything.
void draw_count(Panel& panel, const Rect& count, Size size) {
  TextStyle style{.face = Face::Mono, .size = size, .color = panel.theme().text_quiet, .align = Align::Center};
  const Rect inner = count.inset(panel.units(4), 0);
  if (!panel.view.guided()) {
    style.size = Size::Small;
    const float middle = inner.center().y;
    style.face = Face::Sans;
    line_of_text(panel, {inner.left, middle - panel.units(18), inner.right, middle}, panel.text("ui.event_word"), style);
    style.face = Face::Mono;
    line_of_text(panel, {inner.left, middle, inner.right, middle + panel.units(18)}, std::to_string(panel.view.run.position()), style);
    return;
  }
  const Rect place = count.inset(panel.units(2), 0);
  const Touch touched = touch(panel, "steps", place, {.tip = panel.text("ui.all_steps")});
  if (touched.hovered || panel.state.steps_open) panel.canvas.rect(place, panel.theme().accent_soft, panel.units(6));
  if (touched.focused) focus_ring(panel, place, panel.units(6));
  if (touched.clicked) panel.state.steps_open = true;
  const WalkthroughView& walkthrough = *panel.view.walkthrough;
  line_of_text(panel, inner, panel.text("ui.step_of", {{"n", walkthrough.step + 1}, {"total", walkthrough.step_count}}), style);
}

/// Returns the left edge of the buttons.
float draw_buttons(Panel& panel, float y) {
  const View& view = panel.view;
  const bool guided = view.guided();
  const float half = panel.units(caption_button) / 2;
  float right = panel.area.right - panel.units(caption_margin);
  // In a room the sentence needs the width; the presenter has a remote.
  const bool room = panel.state.room || panel.area.width() < panel.units(words_need);
  const Rect next{right - panel.units(room ? caption_button : next_width), y - half, right, y + half};
  right = next.left;
  const Rect count{right - panel.units(room ? 64 : count_width), y - half, right, y + half};
  right = count.left;
  const Rect back{right - panel.units(room ? caption_button : back_width), y - half, right, y + half};

  const bool before_first = guided && view.walkthrough->step < 0 && !view.walkthrough->left;
  const bool to_lesson = before_first && view.walkthrough->has_lesson_before;
  const bool at_start = guided ? before_first && !to_lesson : view.run.position() == 0;
  const std::string back_tip = panel.text(to_lesson ? "ui.back_to_lesson" : guided ? "ui.back_or_replay" : "ui.previous_worth_seeing");
  const std::string next_tip = guided ? "" : panel.text("ui.next_worth_seeing");
  if (button(panel, "back", back,
             {.icon = icon::angle_left, .label = room ? "" : panel.text("ui.back"), .kind = ButtonKind::Outline,
              .enabled = !at_start, .tip = at_start ? panel.text("ui.at_start") : back_tip, .size = Size::Body})) {
    const bool replays = guided && ImGui::GetIO().KeyShift;
    panel.act(replays ? Action{ReplayStep{}} : guided ? Action{PreviousStep{}} : Action{StepBack{Stride::WorthSeeing}});
  }
  if (button(panel, "next", next,
             {.icon = icon::angle_right, .label = room ? "" : panel.text("ui.next"), .kind = ButtonKind::Primary,
              .icon_last = true, .tip = next_tip, .size = Size::Body})) {
    panel.act(guided ? Action{NextStep{}} : Action{StepForward{Stride::WorthSeeing}});
  }
  draw_count(panel, count, room ? Size::Small : Size::Body);
  return back.left;
}

/// What may be chosen, what has been, and what is right once that is known.
struct Options {
  const std::vector<std::string>& texts;
  std::optional<std::vector<int>> answers;
  std::optional<int> chosen;

  bool is_right(int number) const {
    return answers && std::find(answers->begin(), answers->end(), number) != answers->end();
  }
};

/// True when it is clicked.
bool draw_option(Panel& panel, const Rect& rect, int number, const Options& options) {
  const bool chosen = options.chosen == number;
  const bool right = options.is_right(number);
  const Theme& theme = panel.theme();
  const bool has_key = number < 9;
  const Touch touched = touch(panel, "option" + std::to_string(number), rect, {.tip = has_key && !options.answers ? panel.text("ui.option_key", {{"key", number + 1}}) : ""});
  const bool marked = chosen || right;
  panel.canvas.rect(rect, touched.hovered || marked ? theme.accent_soft : theme.background,
                    {right ? theme.accent : theme.hairline, right ? panel.units(2) : 1}, panel.units(6));
  if (touched.focused) focus_ring(panel, rect, panel.units(6));
  // Its key, to be pressed or called out; a letter would be taken for a node.
  float left = rect.left + panel.units(10);
  if (has_key) {
    const Rect chip = Rect{rect.left, rect.top, rect.left + rect.height(), rect.bottom}.inset(panel.units(3));
    panel.canvas.rect(chip, theme.panel, {theme.hairline, 1}, panel.units(5));
    panel.canvas.text(chip.center(), std::to_string(number + 1),
                      {.face = Face::Mono, .size = rect.height() > panel.units(40) ? Size::Large : Size::Body,
                       .color = theme.text_quiet, .align = Align::Center, .anchor = Anchor::Middle});
    left = chip.right + panel.units(8);
  }
  float end = rect.right - panel.units(8);
  if (options.answers && (right || chosen)) {
    panel.canvas.text({end - panel.units(8), rect.center().y}, right ? icon::check : icon::cross,
                      {.size = Size::Body, .color = right ? theme.accent : theme.danger, .align = Align::Center,
                       .anchor = Anchor::Middle});
    end -= panel.units(20);
  }
  constexpr std::array<Size, 2> sizes{Size::Body, Size::Small};
  fitted_text(panel, {left, rect.top, end, rect.bottom}, options.texts[static_cast<std::size_t>(number)],
              {.face = Face::SansBold, .color = theme.text}, sizes);
  return touched.clicked;
}

/// All as wide as the widest, or, where that is too much, each as wide as it needs: the narrow ones first.
std::vector<float> option_widths(const Panel& panel, const Rect& rect, const std::vector<std::string>& texts, float gap) {
  const float around = rect.height() + panel.units(40);  // the key before it, the mark after it
  std::vector<float> widths;
  widths.reserve(texts.size());
  for (const std::string& text : texts) {
    widths.push_back(around + std::max(panel.units(64), panel.canvas.text_width(text, {.face = Face::SansBold, .size = Size::Body})));
  }
  float left = rect.width() + gap - gap * static_cast<float>(texts.size());
  const float widest = *std::max_element(widths.begin(), widths.end());
  if (widest * static_cast<float>(texts.size()) <= left) return std::vector<float>(texts.size(), widest);
  std::vector<float*> order;
  order.reserve(widths.size());
  for (float& width : widths) order.push_back(&width);
  std::sort(order.begin(), order.end(), [](const float* a, const float* b) { return *a < *b; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    *order[i] = std::min(*order[i], left / static_cast<float>(order.size() - i));
    left -= *order[i];
  }
  return widths;
}

/// The one that is clicked.
std::optional<int> draw_options(Panel& panel, const Rect& rect, const Options& options) {
  if (options.texts.empty()) return std::nullopt;
  const float gap = panel.units(8);
  const std::vector<float> widths = option_widths(panel, rect, options.texts, gap);
  float left = rect.left;
  std::optional<int> clicked;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto number = static_cast<int>(i);
    if (draw_option(panel, {left, rect.top, left + widths[i], rect.bottom}, number, options)) clicked = number;
    left += widths[i] + gap;
  }
  return clicked;
}

void draw_question(Panel& panel, const Rect& rect) {
  const View& view = panel.view;
  UiState& state = panel.state;
  if (view.guesses()) {
    const GuessView& guess = *view.guess;
    std::optional<std::vector<int>> answers;
    if (guess.answer) answers.emplace(1, *guess.answer);
    const std::optional<int> clicked = draw_options(panel, rect, {guess.options, answers, guess.guessed});
    if (clicked) panel.act(Guess{*clicked});
    return;
  }
  const WalkthroughView::Question& question = *view.walkthrough->question;
  UiState::Choice& choice = state.choice;
  std::optional<int> chosen;
  if (choice.step == view.walkthrough->step && choice.question == question.number) chosen = choice.option;
  const std::optional<int> clicked = draw_options(panel, rect, {question.options, question.answers, chosen});
  if (clicked) choice = {view.walkthrough->step, question.number, *clicked};
}

TextStyle heading_style(const Panel& panel) { return {.face = Face::SansBold, .size = Size::Small, .color = panel.theme().accent}; }

/// What is said below the sentence takes room from it; where there is room it stands behind the heading.
bool has_line_of_its_own(const Panel& panel, float width, const Texts& texts) {
  if (texts.heading.empty()) return true;
  const float heading = panel.canvas.text_width(texts.heading + between_headings, heading_style(panel));
  return heading + panel.canvas.text_width(texts.below, {.size = Size::Small}) > width;
}

/// Whole, in lines, or cut to one.
void draw_quietly(Panel& panel, const Rect& rect, const std::string& text, const TextStyle& style, bool in_lines) {
  if (in_lines) {
    panel.canvas.paragraph({rect.left, rect.top}, rect.width(), text, style);
  } else {
    line_of_text(panel, rect, text, style);
  }
}

void draw_heading(Panel& panel, const Rect& rect, const Texts& texts, bool in_lines) {
  draw_quietly(panel, rect, texts.heading, heading_style(panel), in_lines);
  if (texts.below.empty() || has_line_of_its_own(panel, rect.width(), texts)) return;
  const float left = rect.left + panel.canvas.text_width(texts.heading, heading_style(panel));
  line_of_text(panel, {left, rect.top, rect.right, rect.bottom}, between_headings + texts.below,
               {.size = Size::Small, .color = panel.theme().text_quiet});
}

}  // namespace

void draw_caption(Panel& panel, const Layout& layout) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.raised, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const float right = draw_buttons(panel, layout.buttons_middle) - panel.units(caption_margin);
  const View& view = panel.view;
  const bool guesses = view.guesses();
  // Whoever has taken over reads what they have brought about.
  const bool told = view.walkthrough && (!view.walkthrough->left || view.walkthrough->seeks_goal || view.author != nullptr);
  Texts texts = guesses ? guess_texts(panel, *view.guess) : told ? walkthrough_texts(panel, *view.walkthrough) : free_play_texts(panel);
  if (view.walkthrough && !told && !guesses) {
    texts.heading = panel.text("ui.walkthrough_left") + (texts.heading.empty() ? "" : between_headings + texts.heading);
  }
  if (!view.walkthrough && view.guess && !guesses) {
    const std::string event = texts.heading.empty() ? "" : between_headings + texts.heading;
    texts.heading = panel.text("guess.on") + between_headings + score_text(panel, view.guess->all) + event;
  }

  Rect room{area.left + panel.units(caption_margin), area.top + panel.units(8), right, area.bottom - panel.units(8)};
  const float line = panel.units(20);
  const TextStyle sentence{.face = Face::SansBold, .color = theme.text};
  constexpr std::array<Size, 4> sizes{Size::Display, Size::Large, Size::Body, Size::Small};
  const bool asks = guesses || (view.walkthrough && view.walkthrough->question);
  // Once it is answered the reason why needs the room more than the answers do.
  const bool answered = guesses && view.guess->answer;
  // A sentence that a question has taken the place of has two lines if it needs them and the question fits below.
  const float whole_heading = asks && !answered ? panel.canvas.measure_paragraph({0, 0}, room.width(), texts.heading, heading_style(panel)).height() : line;
  if (asks) {
    const bool long_sentence = whole_heading > line * 1.5F;
    const float high = panel.units(long_sentence ? 30.0F : area.height() >= panel.units(high_height) ? 40.0F : answered ? 26.0F : 32.0F);
    if (answered) room = room.inset(0, -panel.units(3));
    const Rect options{room.left, room.bottom - high, room.right, room.bottom};
    draw_question(panel, options);
    room.bottom = options.top - panel.units(answered ? 2.0F : 4.0F);
  } else if (!texts.below.empty() && has_line_of_its_own(panel, room.width(), texts)) {
    const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet};
    const float needed = panel.canvas.measure_paragraph({0, 0}, room.width(), texts.below, quiet).height();
    const Rect above{room.left, room.top + (texts.heading.empty() ? 0 : line), room.right, room.bottom - needed};
    const bool in_lines = needed > line && text_fits(panel, above, texts.sentence, sentence, std::span(sizes).first(3));
    const float high = in_lines ? needed : line;
    const Rect below{room.left, room.bottom - high, room.right, room.bottom};
    draw_quietly(panel, below, texts.below, quiet, in_lines);
    room.bottom = below.top;
  }
  const auto below_heading_of = [&room](float high) { return Rect{room.left, room.top + high, room.right, room.bottom}; };
  const bool heading_in_lines = whole_heading > line && whole_heading < 2.5F * line &&
                                text_fits(panel, below_heading_of(whole_heading), texts.sentence, sentence, std::span(sizes).last(2));
  const Rect below_heading = below_heading_of(heading_in_lines ? whole_heading : line);
  // A question is read in full; what stands above it is worth less, but for the verdict.
  const bool gives_way = asks && !answered && !text_fits(panel, below_heading, texts.sentence, sentence, sizes);
  if (!texts.heading.empty() && !gives_way) {
    draw_heading(panel, {room.left, room.top, room.right, below_heading.top}, texts, heading_in_lines);
    room = below_heading;
  }
  fitted_text(panel, room, texts.sentence, sentence, sizes);
}

}  // namespace ui
