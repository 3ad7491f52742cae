#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>

#include "commands.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace {

extern "C" void on_interrupt(int) {
  if (terrein::stop_requested()) std::_Exit(130);  // the second Ctrl-C ends at once
  terrein::request_stop();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  terrein::cli::tell_of_faults();
  try {
    return terrein::cli::run_command_line(argc, argv);
  } catch (terrein::Error const& error) {
    std::cerr << "terrein: " << terrein::printable(terrein::without_passwords(error.what())) << '\n';
    return terrein::exit_code(error.kind());
  } catch (std::filesystem::filesystem_error const& error) {
    std::cerr << "terrein: " << terrein::printable(error.what())
              << ". Check that the path exists, is not too long, and may be used.\n";
    return 1;
  } catch (std::bad_alloc const&) {
    std::cerr << "terrein: out of memory. Limit the study with [area], or use a machine with more memory.\n";
    return 1;
  } catch (std::exception const& error) {
    std::cerr << "terrein: unexpected fault: " << terrein::printable(error.what()) << '\n';
    return 1;
  }
}
