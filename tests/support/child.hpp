#pragma once

#include <functional>
#include <string>

namespace terrein::test {

struct ChildLimits {
  unsigned seconds = 20;         ///< of processor time, and of the clock times three
  std::size_t megabytes = 2048;  ///< of address space; not under the address sanitizer, which needs terabytes
};

/// What became of a process: `text` is all that it said, `fault` why that is not the whole answer (killed by a signal,
/// out of time, an exception that is not terrein's); empty when all is well.
struct ChildResult {
  std::string text, fault;
};

/// Runs `work` in a process of its own with limits, so that a crash, a hang or a huge allocation of it is seen and not
/// shared.
ChildResult in_child(std::function<std::string()> const& work, ChildLimits limits = {});

}  // namespace terrein::test
