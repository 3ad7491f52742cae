#pragma once

#include <memory>
#include <string>
#include <vector>

namespace terrein {

/// An element of an `XmlDocument`, which must outlive it. Names come without their namespace prefix. A node that is
/// not there is false, has no text and no children, so that paths can be followed without asking at each step.
class XmlNode {
 public:
  XmlNode() = default;
  explicit XmlNode(void const* node) : node_(node) {}
  explicit operator bool() const noexcept { return node_ != nullptr; }
  [[nodiscard]] std::string name() const;
  /// The text directly in the element, trimmed.
  [[nodiscard]] std::string text() const;
  /// By name without prefix; empty when absent.
  [[nodiscard]] std::string attribute(std::string const& name) const;
  [[nodiscard]] bool has_attribute(std::string const& name) const;
  /// The child elements, in order; with a name only those.
  [[nodiscard]] std::vector<XmlNode> children(std::string const& name = {}) const;
  /// The first child of that name.
  [[nodiscard]] XmlNode child(std::string const& name) const;
  /// All elements of that name at any depth, in document order.
  [[nodiscard]] std::vector<XmlNode> all(std::string const& name) const;
  [[nodiscard]] void const* handle() const noexcept { return node_; }

 private:
  void const* node_ = nullptr;
};

/// A parsed XML text. Nothing outside the text is ever read: no schema, no entity, no link.
class XmlDocument {
 public:
  /// Throws `Error{input}` with `what` ("The answer of …") when the text is no whole XML.
  XmlDocument(std::string const& text, std::string const& what);
  [[nodiscard]] XmlNode root() const;

 private:
  struct Destroy {
    void operator()(void* tree) const noexcept;
  };
  std::unique_ptr<void, Destroy> tree_;
};

}  // namespace terrein
