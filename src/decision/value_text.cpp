#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/value_function.hpp"

namespace terrein {

namespace {

double number_in(std::string_view text, std::string_view entry) {
  auto const number = parse_number(text);
  if (!number) {
    throw_error(ErrorKind::config, "'{}' in '{}' is not a number; write a finite number with a point, such as 0.5.",
                trim(text), entry);
  }
  return *number;
}

double value_in(std::string_view text, std::string_view entry) {
  double const value = number_in(text, entry);
  if (value < 0 || value > 1) {
    throw_error(ErrorKind::config, "The value '{}' in '{}' is outside 0 (worst) to 1 (best).", trim(text), entry);
  }
  return value;
}

/// The two trimmed sides of an entry, parted at the first or last `separator`.
std::pair<std::string_view, std::string_view> sides(std::string_view entry, char separator, std::string_view example,
                                                    bool last = false) {
  auto const at = last ? entry.rfind(separator) : entry.find(separator);
  if (at == std::string_view::npos || trim(entry.substr(0, at)).empty()) {
    throw_error(ErrorKind::config, "'{}' is not an entry of a value function; write entries like '{}', parted by '|'.",
                entry, example);
  }
  return {trim(entry.substr(0, at)), trim(entry.substr(at + 1))};
}

ValueFunction parse_piecewise(std::string_view text) {
  ValueFunction out;
  for (std::string const& entry : split(text, '|')) {
    auto const [left, right] = sides(entry, ':', "8:0.6");
    double const x = number_in(left, entry), value = value_in(right, entry);
    if (!out.points.empty() && x <= out.points.back().first) {
      throw_error(ErrorKind::config, "The points in '{}' do not ascend at '{}'; each x must exceed the one before.",
                  text, trim(entry));
    }
    out.points.emplace_back(x, value);
  }
  if (out.points.size() < 2) {
    throw_error(ErrorKind::config,
                "'{}' has {} point(s); a piecewise value function needs at least two, such as "
                "'3:1|15:0'.",
                text, out.points.size());
  }
  return out;
}

std::optional<double>& named(std::array<std::optional<double>, 2>& found, std::vector<std::string> const& names,
                             std::string_view name, std::string_view text) {
  auto const at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) {
    throw_error(ErrorKind::config, "'{}' in '{}' is not a parameter of this value function.{}", name, text,
                suggestion(name, names));
  }
  auto& place = found[static_cast<std::size_t>(at - names.begin())];
  if (place) throw_error(ErrorKind::config, "'{}' is given twice in '{}'; give it once.", name, text);
  return place;
}

/// Reads "name=number|…": every name once, in any order.
std::array<double, 2> parameters(std::string_view text, std::vector<std::string> const& names) {
  std::array<std::optional<double>, 2> found;
  for (std::string const& entry : split(text, '|')) {
    auto const [name, number] = sides(entry, '=', names.front() + "=10");
    named(found, names, name, text) = number_in(number, entry);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (found[i]) continue;
    throw_error(ErrorKind::config, "'{}' is absent from '{}'; this value function needs {}.", names[i], text,
                join(names, " and "));
  }
  return {*found[0], found[1].value_or(0)};
}

std::array<double, 2> goal_posts(std::string_view text) {
  auto const posts = parameters(text, {"lo", "hi"});
  if (posts[0] == posts[1]) {
    throw_error(ErrorKind::config, "lo and hi are both '{}' in '{}'; they must differ.", shortest(posts[0]), text);
  }
  return posts;
}

ValueFunction parse_linear(std::string_view text) {
  auto const [lo, hi] = goal_posts(text);
  ValueFunction out;
  out.points = lo < hi ? std::vector{std::pair{lo, 0.0}, std::pair{hi, 1.0}}
                       : std::vector{std::pair{hi, 1.0}, std::pair{lo, 0.0}};
  return out;
}

ValueFunction with(ValueKind kind, std::array<double, 2> const& ab) {
  ValueFunction out;
  out.kind = kind;
  out.a = ab[0];
  out.b = ab[1];
  return out;
}

void require_positive(double number, std::string_view name, std::string_view text) {
  if (number > 0) return;
  throw_error(ErrorKind::config, "{} is '{}' in '{}'; it must be greater than 0.", name, shortest(number), text);
}

ValueFunction parse_sigmoid(std::string_view text) {
  auto const out = with(ValueKind::sigmoid, parameters(text, {"midpoint", "k"}));
  if (out.b == 0) throw_error(ErrorKind::config, "k is '0' in '{}'; it must be positive (rising) or negative.", text);
  return out;
}

ValueFunction parse_gaussian(std::string_view text) {
  auto const out = with(ValueKind::gaussian, parameters(text, {"optimum", "sigma"}));
  require_positive(out.b, "sigma", text);
  return out;
}

ValueFunction parse_exponential(std::string_view text) {
  auto const out = with(ValueKind::exponential, parameters(text, {"half"}));
  require_positive(out.a, "half", text);
  return out;
}

/// "[0.2-0.8]". The dash of "1e-05" is passed over: both sides must be numbers.
ValueRange parse_range(std::string_view text, std::string_view entry) {
  std::string_view const inside = text.substr(1, text.size() - 2);
  for (auto at = inside.find('-'); at != std::string_view::npos; at = inside.find('-', at + 1)) {
    auto const left = inside.substr(0, at), right = inside.substr(at + 1);
    if (!parse_number(left) || !parse_number(right)) continue;
    ValueRange const out{value_in(left, entry), value_in(right, entry)};
    if (out.low <= out.high) return out;
    throw_error(ErrorKind::config, "The range '{}' in '{}' runs down; write the lower value first.", text, entry);
  }
  throw_error(ErrorKind::config, "'{}' in '{}' is not a range of values; write it like '[0.2-0.8]'.", text, entry);
}

ValueFunction parse_categorical(std::string_view text) {
  ValueFunction out;
  out.kind = ValueKind::categorical;
  for (std::string const& entry : split(text, '|')) {
    auto const [name, value] = sides(entry, ':', "housing:0.3", true);
    ValueRange range;
    if (value.size() >= 2 && value.front() == '[' && value.back() == ']') {
      range = parse_range(value, entry);
    } else {
      range.low = range.high = value_in(value, entry);
    }
    if (!out.classes.emplace(name, range).second) {
      throw_error(ErrorKind::config, "The class '{}' is given twice in '{}'; give it once.", name, text);
    }
  }
  if (out.classes.empty()) {
    throw_error(ErrorKind::config, "'{}' has no classes; write them like 'business:1|other:[0.2-0.8]'.", text);
  }
  return out;
}

ValueFunction parse_minmax(std::string_view text) {
  ValueFunction out;
  out.kind = ValueKind::minmax;
  if (text != "more" && text != "less") {
    throw_error(ErrorKind::config, "'{}' is not a direction of minmax; write 'more' or 'less', whichever is better.",
                text);
  }
  out.a = text == "more" ? 1 : -1;
  return out;
}

std::string piecewise_text(ValueFunction const& function) {
  std::vector<std::string> out;
  for (auto const& [x, value] : function.points) out.push_back(shortest(x) + ":" + shortest(value));
  return join(out, "|");
}

std::string class_text(ValueFunction const& function) {
  std::vector<std::string> out;
  for (auto const& [name, range] : function.classes) {
    out.push_back(
        name + ":" +
        (range.low == range.high ? shortest(range.low) : "[" + shortest(range.low) + "-" + shortest(range.high) + "]"));
  }
  return join(out, "|");
}

struct Kind {
  std::string_view name;
  ValueFunction (*parse)(std::string_view);
};
constexpr std::array kinds{
    Kind{"piecewise", parse_piecewise},
    Kind{"linear", parse_linear},
    Kind{"sigmoid", parse_sigmoid},
    Kind{"cosine", [](std::string_view text) { return with(ValueKind::cosine, goal_posts(text)); }},
    Kind{"gaussian", parse_gaussian},
    Kind{"exponential", parse_exponential},
    Kind{"categorical", parse_categorical},
    Kind{"minmax", parse_minmax},
};

}  // namespace

ValueFunction parse_value_function(std::string_view kind, std::string_view text) {
  std::string_view const wanted = trim(kind);
  std::vector<std::string> names;
  for (Kind const& known : kinds) {
    if (known.name == wanted) return known.parse(trim(text));
    names.emplace_back(known.name);
  }
  throw_error(ErrorKind::config, "'{}' is not a kind of value function.{}", wanted, suggestion(wanted, names));
}

std::string to_text(ValueFunction const& function) {
  auto const pair = [&](std::string_view a, std::string_view b) {
    return fmt::format("{}={}|{}={}", a, shortest(function.a), b, shortest(function.b));
  };
  switch (function.kind) {
    case ValueKind::piecewise:
      return piecewise_text(function);
    case ValueKind::sigmoid:
      return pair("midpoint", "k");
    case ValueKind::cosine:
      return pair("lo", "hi");
    case ValueKind::gaussian:
      return pair("optimum", "sigma");
    case ValueKind::exponential:
      return "half=" + shortest(function.a);
    case ValueKind::categorical:
      return class_text(function);
    case ValueKind::minmax:
      return function.a > 0 ? "more" : "less";
  }
  return {};
}

std::string_view to_string(ValueKind kind) {
  switch (kind) {
    case ValueKind::piecewise:
      return "piecewise";
    case ValueKind::sigmoid:
      return "sigmoid";
    case ValueKind::cosine:
      return "cosine";
    case ValueKind::gaussian:
      return "gaussian";
    case ValueKind::exponential:
      return "exponential";
    case ValueKind::categorical:
      return "categorical";
    case ValueKind::minmax:
      return "minmax";
  }
  return {};
}

std::string_view to_string(Outside outside) {
  switch (outside) {
    case Outside::clip:
      return "clip";
    case Outside::extrapolate:
      return "extrapolate";
    case Outside::error:
      return "error";
  }
  return {};
}

std::optional<Outside> outside(std::string_view text) {
  for (Outside const known : {Outside::clip, Outside::extrapolate, Outside::error})
    if (to_string(known) == text) return known;
  return std::nullopt;
}

}  // namespace terrein
