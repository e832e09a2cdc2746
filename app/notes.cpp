// The same notes twice: for a terminal, and for paper.
#include "app/notes.h"

#include <fmt/format.h>

#include "app/transcript.h"

namespace app {

using raft::walkthrough::Asked;
using raft::walkthrough::Step;

namespace {

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += c;
    }
  }
  return safe;
}

constexpr const char* style =
    "@page{margin:18mm}"
    "body{font:15px/1.5 'Noto Sans','Noto Sans CJK SC',sans-serif;color:#1b2330;max-width:46em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.7em;margin:0 0 .2em}.about{color:#536074;margin:0 0 2em}"
    "section{break-inside:avoid;border-top:1px solid #cfd6e0;padding:.9em 0}"
    "h2{font-size:1.05em;margin:0 0 .3em}h2 span{color:#536074;margin-right:.6em}"
    ".say{font-weight:600;margin:.2em 0}.note{white-space:pre-wrap;margin:.4em 0}"
    ".ask{border-left:3px solid #2463c8;padding-left:.8em;margin:.6em 0}.ask ol{margin:.2em 0;padding-left:1.6em}"
    ".hidden h2{color:#536074}";

std::string paragraph(const char* kind, const std::string& text) {
  return text.empty() ? "" : fmt::format("<p class=\"{}\">{}</p>\n", kind, escaped(text));
}

}  // namespace

Notes::Notes(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough)
    : words_(words), walkthrough_(walkthrough), language_(raft::explain::language_code(words.language())),
      questions_(walkthrough.steps.size()) {}

void Notes::add_question(const Asked& asked) {
  Question question{of(asked.question->texts), {}, answer_in_words(words_, walkthrough_, asked)};
  for (const raft::walkthrough::Option& option : asked.question->options) question.options.push_back(of(option.texts));
  questions_[asked.step].push_back(std::move(question));
}

std::string Notes::text() const {
  std::string text = of(walkthrough_.titles) + "\n";
  if (const std::string& about = of(walkthrough_.abouts); !about.empty()) text += about + "\n";
  for (std::size_t i = 0; i < walkthrough_.steps.size(); ++i) {
    const Step& step = walkthrough_.steps[i];
    text += fmt::format("\n{} / {}  {}{}\n", i + 1, walkthrough_.steps.size(), step.name,
                        step.hidden ? "  (" + words_.text("notes.hidden") + ")" : "");
    if (const std::string& said = of(step.say); !said.empty()) text += "   " + said + "\n";
    if (const std::string& note = of(step.notes); !note.empty()) text += "   * " + note + "\n";
    for (const Question& question : questions_[i]) {
      text += "   ? " + question.text + "\n";
      int number = 0;
      for (const std::string& option : question.options) text += fmt::format("     {} {}\n", ++number, option);
      text += "   = " + question.answer + "\n";
    }
  }
  return text;
}

std::string Notes::page() const {
  const std::string title = escaped(of(walkthrough_.titles));
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<h1>{}</h1>\n",
      language_ == "zh" ? "zh-CN" : "en", title, style, title);
  page += paragraph("about", of(walkthrough_.abouts));
  for (std::size_t i = 0; i < walkthrough_.steps.size(); ++i) {
    const Step& step = walkthrough_.steps[i];
    page += step.hidden ? "<section class=\"hidden\">\n" : "<section>\n";
    page += fmt::format("<h2><span>{} / {}</span>{}{}</h2>\n", i + 1, walkthrough_.steps.size(), escaped(step.name),
                        step.hidden ? " (" + escaped(words_.text("notes.hidden")) + ")" : "");
    page += paragraph("say", of(step.say)) + paragraph("note", of(step.notes));
    for (const Question& question : questions_[i]) {
      page += "<div class=\"ask\">\n" + paragraph("question", question.text);
      if (!question.options.empty()) {
        page += "<ol>";
        for (const std::string& option : question.options) page += "<li>" + escaped(option) + "</li>";
        page += "</ol>\n";
      }
      page += fmt::format("<p>{} <strong>{}</strong></p>\n</div>\n", escaped(words_.text("notes.answer")), escaped(question.answer));
    }
    page += "</section>\n";
  }
  return page + "</body>\n</html>\n";
}

}  // namespace app
