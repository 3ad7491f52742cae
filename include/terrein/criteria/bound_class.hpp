#pragma once

#include <optional>
#include <string_view>

namespace terrein {

/// What is known of a yes-or-no question.
enum class Answer { no, unknown, yes };
/// Yes where one of both is, no where both are.
[[nodiscard]] Answer either_of(Answer a, Answer b);
/// No where one of both is, yes where both are.
[[nodiscard]] Answer both_of(Answer a, Answer b);
[[nodiscard]] Answer not_of(Answer a);

/// How well a plot can be served by vessels or trains.
enum class Suited { no, small, suitable };
[[nodiscard]] std::string_view to_string(Suited suited);  ///< "no", "small", "suitable"

/// Land that a plan binds to water or rail, by what is made of it.
enum class BoundClass {
  effective,    ///< destined and used
  in_name,      ///< destined and known not to be used
  presumed,     ///< destined, use not known, but ruled out by what stands there
  unknown,      ///< anything else that may be destined
  not_destined  ///< whatever use is made of it
};
/// The Dutch codes: "effectief", "in naam", "vermoedelijk in naam", "onbekend", "niet bestemd".
[[nodiscard]] std::string_view to_string(BoundClass value);

/// The class of a plot:
///
///     destined  used     ruled out    class
///     no        any      any          niet bestemd
///     unknown   any      any          onbekend
///     yes       yes      any          effectief
///     yes       no       any          in naam
///     yes       unknown  yes          vermoedelijk in naam
///     yes       unknown  no, unknown  onbekend
///
/// A user's table outweighs geometry: whoever moves tonnes over water has a way to do so.
[[nodiscard]] BoundClass bound_class(Answer destined, Answer used, Answer ruled_out);

/// What speaks against use; nothing = not asked.
struct RuleOut {
  std::optional<Answer> quay;      ///< a quay, or siding, of its own
  std::optional<Answer> shared;    ///< a shared one near it
  std::optional<Answer> built;     ///< buildings stand near the bank along most of the front
  Answer front = Answer::unknown;  ///< any front at all
};
/// Whether use is ruled out: there is no quay of its own (where quays are not asked: no front at all), or buildings
/// leave none to load at; and no shared quay makes up for it. What is not asked rules out nothing.
[[nodiscard]] Answer ruled_out(RuleOut const& facts);

}  // namespace terrein
