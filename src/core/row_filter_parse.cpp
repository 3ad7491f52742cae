#include <algorithm>
#include <cctype>
#include <optional>

#include "row_filter_node.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using NodePtr = std::shared_ptr<RowFilter::Node const>;

constexpr std::size_t longest = 10000, deepest = 100;

enum class Kind { word, field, number, text, sign, end };

struct Token {
  Kind kind = Kind::end;
  std::string text;  ///< a word in lower case, a name, the digits of a number, a text without its quotes, a sign
  std::string name;  ///< a word as it was written
  std::size_t at = 0;
};

bool begins_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & '\x80') != 0; }
bool continues_word(char c) { return begins_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    Token token{Kind::end, {}, {}, at_};
    if (at_ == text_.size()) return token;
    char const c = text_[at_];
    if (c == '\'' || c == '"') {
      token.kind = c == '"' ? Kind::field : Kind::text;
      token.text = quoted(c);
    } else if (is_digit(c) || ((c == '-' || c == '+' || c == '.') && at_ + 1 < text_.size() &&
                               (is_digit(text_[at_ + 1]) || text_[at_ + 1] == '.'))) {
      token.kind = Kind::number;
      token.text = number();
    } else if (begins_word(c)) {
      token.kind = Kind::word;
      std::size_t const begin = at_;
      while (at_ < text_.size() && continues_word(text_[at_])) ++at_;
      token.name = text_.substr(begin, at_ - begin);
      token.text = lower(token.name);
    } else {
      token.kind = Kind::sign;
      token.text = sign();
    }
    return token;
  }

 private:
  std::string quoted(char quote) {
    std::size_t const begin = at_++;
    std::string out;
    while (at_ < text_.size()) {
      if (text_[at_] == quote) {
        if (at_ + 1 == text_.size() || text_[at_ + 1] != quote) {
          ++at_;
          return out;
        }
        ++at_;  // a doubled quote is one
      }
      out += text_[at_++];
    }
    throw_error(ErrorKind::config, "the quote at character {} is not closed", begin + 1);
  }

  std::string number() {
    std::size_t const begin = at_++;
    while (at_ < text_.size() && (continues_word(text_[at_]) ||
                                  ((text_[at_] == '-' || text_[at_] == '+') && lower(text_.substr(at_ - 1, 1)) == "e")))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string sign() {
    for (std::string_view const two : {"<>", "!=", "<=", ">="})
      if (text_.substr(at_).starts_with(two)) {
        at_ += 2;
        return std::string(two);
      }
    return std::string(1, text_[at_++]);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<FilterOp> comparison(std::string const& sign) {
  if (sign == "=") return FilterOp::equal;
  if (sign == "<>" || sign == "!=") return FilterOp::unequal;
  if (sign == "<") return FilterOp::less;
  if (sign == "<=") return FilterOp::at_most;
  if (sign == ">") return FilterOp::more;
  if (sign == ">=") return FilterOp::at_least;
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(); }

  NodePtr whole() {
    NodePtr node = any_of(0);
    if (token_.kind != Kind::end) fail("'and', 'or' or the end");
    return node;
  }

 private:
  void advance() { token_ = lexer_.next(); }
  [[nodiscard]] bool is_word(std::string_view word) const { return token_.kind == Kind::word && token_.text == word; }
  [[nodiscard]] bool is_sign(std::string_view sign) const { return token_.kind == Kind::sign && token_.text == sign; }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    advance();
    return true;
  }
  bool take_sign(std::string_view sign) {
    if (!is_sign(sign)) return false;
    advance();
    return true;
  }
  [[noreturn]] void fail(std::string const& expected) const {
    std::string const found =
        token_.kind == Kind::end ? "the end" : "'" + (token_.kind == Kind::word ? token_.name : token_.text) + "'";
    throw_error(ErrorKind::config, "at character {} expected {}, found {}", token_.at + 1, expected, found);
  }

  NodePtr joined(FilterOp op, std::string_view word, std::size_t depth, NodePtr (Parser::*part)(std::size_t)) {
    NodePtr first = (this->*part)(depth);
    if (!is_word(word)) return first;
    auto node = std::make_shared<RowFilter::Node>();
    node->op = op;
    node->children.push_back(std::move(first));
    while (take_word(word)) node->children.push_back((this->*part)(depth));
    return node;
  }
  NodePtr any_of(std::size_t depth) { return joined(FilterOp::any_of, "or", depth, &Parser::all_of); }
  NodePtr all_of(std::size_t depth) { return joined(FilterOp::all_of, "and", depth, &Parser::negation); }

  NodePtr negation(std::size_t depth) {
    if (depth > deepest) throw_error(ErrorKind::config, "more than {} conditions stand inside each other", deepest);
    if (take_word("not")) {
      auto node = std::make_shared<RowFilter::Node>();
      node->op = FilterOp::none_of;
      node->children.push_back(negation(depth + 1));
      return node;
    }
    if (take_sign("(")) {
      NodePtr inner = any_of(depth + 1);
      if (!take_sign(")")) fail("')'");
      return inner;
    }
    return condition();
  }

  std::string field() {
    static constexpr std::string_view reserved[] = {"and", "or", "not", "in", "between", "like", "ilike", "is", "null"};
    bool const is_reserved = token_.kind == Kind::word &&
                             std::find(std::begin(reserved), std::end(reserved), token_.text) != std::end(reserved);
    if ((token_.kind != Kind::word && token_.kind != Kind::field) || is_reserved) fail("the name of a field");
    std::string name = token_.kind == Kind::word ? token_.name : token_.text;
    advance();
    return name;
  }

  NodePtr condition() {
    auto node = std::make_shared<RowFilter::Node>();
    node->field = field();
    if (auto const op = token_.kind == Kind::sign ? comparison(token_.text) : std::nullopt) {
      advance();
      node->op = *op;
      node->literals.push_back(literal());
      return node;
    }
    if (take_word("is")) {
      node->op = FilterOp::is_null;
      node->negated = take_word("not");
      if (!take_word("null")) fail("'null'");
      return node;
    }
    node->negated = take_word("not");
    if (take_word("in")) {
      list(*node);
    } else if (take_word("between")) {
      node->op = FilterOp::between;
      node->literals.push_back(literal());
      if (!take_word("and")) fail("'and'");
      node->literals.push_back(literal());
    } else if (is_word("like") || is_word("ilike")) {
      node->op = FilterOp::like;
      node->caseless = is_word("ilike");
      advance();
      if (token_.kind != Kind::text) fail("a text in single quotes");
      node->literals.push_back(literal());
    } else {
      fail(node->negated ? "in, between, like or ilike" : "an operator such as =, in, like or is");
    }
    return node;
  }

  void list(RowFilter::Node& node) {
    node.op = FilterOp::in;
    if (!take_sign("(")) fail("'('");
    do node.literals.push_back(literal());
    while (take_sign(","));
    if (!take_sign(")")) fail("',' or ')'");
  }

  FilterLiteral literal() {
    FilterLiteral out{token_.kind == Kind::number, 0, token_.text};
    if (out.is_number) {
      auto const value = parse_number(out.text);
      if (!value) fail("a number");
      out.number = *value;
    } else if (token_.kind != Kind::text) {
      fail("a number, or a text in single quotes");
    }
    advance();
    return out;
  }

  Lexer lexer_;
  Token token_;
};

}  // namespace

RowFilter RowFilter::parse(std::string_view text) {
  RowFilter out;
  if (trim(text).empty()) return out;
  try {
    if (text.size() > longest) throw_error(ErrorKind::config, "it is longer than {} characters", longest);
    if (!is_utf8(text)) throw_error(ErrorKind::config, "it is not UTF-8 text");
    out.root_ = Parser(text).whole();
  } catch (Error const& error) {
    constexpr std::size_t shown = 200;
    throw_error(ErrorKind::config, "The filter '{}' cannot be understood: {}.",
                is_utf8(text.substr(0, shown)) ? text.substr(0, shown) : "…", error.what());
  }
  return out;
}

}  // namespace terrein
