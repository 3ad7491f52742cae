#include "terrein/io/xml.hpp"

#include <cpl_minixml.h>

#include "io/fields.hpp"
#include "io/gdal.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

CPLXMLNode const* raw(void const* node) { return static_cast<CPLXMLNode const*>(node); }

std::string local_name(char const* name) {
  std::string const text = gdal::text_of(name);
  auto const colon = text.rfind(':');
  return colon == std::string::npos ? text : text.substr(colon + 1);
}

CPLXMLNode const* find_attribute(void const* node, std::string const& name) {
  if (node == nullptr) return nullptr;
  for (CPLXMLNode const* child = raw(node)->psChild; child != nullptr; child = child->psNext)
    if (child->eType == CXT_Attribute && local_name(child->pszValue) == name) return child;
  return nullptr;
}

/// True for elements nested deeper than any service writes: working through them would use up the stack.
bool nested_too_deep(CPLXMLNode const* root) {
  constexpr std::size_t deepest = 200;
  std::vector<CPLXMLNode const*> path{root};
  while (!path.empty()) {
    if (path.size() > deepest) return true;
    if (path.back()->psChild != nullptr) {
      path.push_back(path.back()->psChild);
      continue;
    }
    while (!path.empty() && path.back()->psNext == nullptr) path.pop_back();
    if (!path.empty()) path.back() = path.back()->psNext;
  }
  return false;
}

void collect(CPLXMLNode const* node, std::string const& name, std::vector<XmlNode>& out) {
  for (CPLXMLNode const* child = node->psChild; child != nullptr; child = child->psNext) {
    if (child->eType != CXT_Element) continue;
    if (local_name(child->pszValue) == name) out.emplace_back(child);
    collect(child, name, out);
  }
}

}  // namespace

std::string XmlNode::name() const { return node_ == nullptr ? std::string{} : local_name(raw(node_)->pszValue); }

std::string XmlNode::text() const {
  std::string out;
  if (node_ == nullptr) return out;
  for (CPLXMLNode const* child = raw(node_)->psChild; child != nullptr; child = child->psNext)
    if (child->eType == CXT_Text) out += gdal::text_of(child->pszValue);
  return std::string(trim(out));
}

std::string XmlNode::attribute(std::string const& name) const {
  CPLXMLNode const* const found = find_attribute(node_, name);
  return found == nullptr || found->psChild == nullptr ? std::string{} : gdal::text_of(found->psChild->pszValue);
}

bool XmlNode::has_attribute(std::string const& name) const { return find_attribute(node_, name) != nullptr; }

std::vector<XmlNode> XmlNode::children(std::string const& name) const {
  std::vector<XmlNode> out;
  if (node_ == nullptr) return out;
  for (CPLXMLNode const* child = raw(node_)->psChild; child != nullptr; child = child->psNext)
    if (child->eType == CXT_Element && (name.empty() || local_name(child->pszValue) == name)) out.emplace_back(child);
  return out;
}

XmlNode XmlNode::child(std::string const& name) const {
  auto const found = children(name);
  return found.empty() ? XmlNode{} : found.front();
}

std::vector<XmlNode> XmlNode::all(std::string const& name) const {
  std::vector<XmlNode> out;
  if (node_ != nullptr) collect(raw(node_), name, out);
  return out;
}

void XmlDocument::Destroy::operator()(void* tree) const noexcept { CPLDestroyXMLNode(static_cast<CPLXMLNode*>(tree)); }

XmlDocument::XmlDocument(std::string const& text, std::string const& what) {
  gdal::CplErrorScope const said;
  tree_.reset(CPLParseXMLString((is_utf8(text) ? text : utf8_from_latin1(text)).c_str()));
  bool const whole = tree_ != nullptr && said.failure().empty() && root();
  if (whole && nested_too_deep(raw(tree_.get())))
    throw_error(ErrorKind::input, "{} is XML nested too deep to be data. Ask the publisher.", what);
  if (!whole)
    throw_error(ErrorKind::input, "{} is no whole XML.{} Try again, or ask the publisher.", what, said.sentence());
}

XmlNode XmlDocument::root() const {
  for (CPLXMLNode const* node = raw(tree_.get()); node != nullptr; node = node->psNext)
    if (node->eType == CXT_Element && node->pszValue != nullptr && node->pszValue[0] != '?') return XmlNode(node);
  return {};
}

}  // namespace terrein
