#include <exception>
#include <filesystem>
#include <iostream>

#include "commands.hpp"
#include "terminal.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

int main(int argc, char** argv) {
  terrein::cli::end_on_request();
  terrein::cli::tell_of_faults();
  try {
    return terrein::cli::run_command_line(argc, argv);
  } catch (terrein::Error const& error) {
    if (error.kind() == terrein::ErrorKind::interrupted) {
      terrein::cli::tell_of_interruption();
      return terrein::exit_code(error.kind());
    }
    std::cerr << terrein::cli::error_word() << terrein::printable(terrein::without_passwords(error.what())) << '\n';
    return terrein::exit_code(error.kind());
  } catch (std::filesystem::filesystem_error const& error) {
    std::cerr << terrein::cli::error_word() << terrein::printable(error.what())
              << ". Check that the path exists, is not too long, and may be used.\n";
    return 1;
  } catch (std::bad_alloc const&) {
    std::cerr << terrein::cli::error_word()
              << "out of memory. Limit the study with [area], or use a machine with more memory.\n";
    return 1;
  } catch (std::exception const& error) {
    std::cerr << terrein::cli::error_word() << "unexpected fault: " << terrein::printable(error.what()) << '\n';
    return 1;
  }
}
