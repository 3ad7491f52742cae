#include "progress.hpp"

#include <fmt/format.h>

#include <iostream>

#include "terminal.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/stats.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {

void add_progress_option(CLI::App& command, std::string& progress) {
  command
      .add_option("--progress", progress,
                  "On standard error: auto = a line on a terminal, json = an object per line, none")
      ->check(CLI::IsMember({"auto", "json", "none"}))
      ->capture_default_str();
}

Teller::Teller(Telling telling)
    : telling_(std::move(telling)),
      line_(telling_.progress == "auto" && telling_.verbosity >= 0 && lively_terminal()) {}

Teller::~Teller() {
  tell_stage();
  erase();
}

void Teller::note(std::string const& text) {
  erase();
  std::cerr << printable(text) << '\n';
}

void Teller::progress(std::string const& stage, double done, double total) {
  bool const fresh = stage != stage_;
  if (fresh) begin(stage);
  constexpr std::chrono::milliseconds between{100};
  if (!fresh && done < total && Clock::now() - last_ < between) return;
  last_ = Clock::now();
  show(done, total);
}

void Teller::begin(std::string const& stage) {
  tell_stage();
  stage_ = stage;
  stage_begin_ = Clock::now();
}

void Teller::tell_stage() {
  if (telling_.verbosity < 2 || stage_.empty()) return;
  note(fmt::format("{}: {:.2f} s, {} MB at most so far", stage_,
                   std::chrono::duration<double>(Clock::now() - stage_begin_).count(), peak_memory_bytes() >> 20U));
}

void Teller::show(double done, double total) {
  if (telling_.progress == "json") {
    std::cerr << fmt::format("{{\"stage\":\"{}\",\"done\":{:.3f},\"total\":{:.0f}}}\n", stage_, done, total);
  } else if (line_ && total > 0) {
    constexpr std::size_t cells = 30;
    auto const full = static_cast<std::size_t>(done / total * static_cast<double>(cells));
    std::string text = fmt::format("{:8} [{}{}] {:3.0f} %  {:.0f} of {:.0f}", stage_, std::string(full, '#'),
                                   std::string(cells - full, '.'), done / total * 100, done, total);
    text.resize(std::min(text.size(), terminal_width() - 1));
    std::cerr << erase_line << text << std::flush;
    shown_ = true;
  }
}

void Teller::erase() {
  if (shown_) std::cerr << erase_line << std::flush;
  shown_ = false;
}

ProgressSink progress_of(Teller& teller) {
  return [&teller](std::string const& stage, double done, double total) { teller.progress(stage, done, total); };
}

void tell_run(RunOptions& options, Teller& teller) {
  int const verbosity = teller.telling().verbosity;
  if (verbosity > 1)
    for (std::string const& text : versions()) teller.note(text);
  if (verbosity > 0) options.note = [&teller](std::string const& text) { teller.note(text); };
  options.progress = progress_of(teller);
}

}  // namespace terrein::cli
