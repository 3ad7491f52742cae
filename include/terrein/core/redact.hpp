#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrein {

/// True for a connection to PostgreSQL: "PG:…", "postgresql://…", "postgres://…", whatever their capitals.
[[nodiscard]] bool is_database(std::string_view text);

/// The text without secrets, for messages, manifests and logs: the values of `password` and `sslpassword` in a
/// connection text or a URL, and what stands between ':' and '@' in "scheme://user:secret@host", become "***". Where a
/// connection text is malformed so that the end of a secret cannot be told, too much is hidden rather than too little.
[[nodiscard]] std::string without_passwords(std::string_view text);

/// The secrets of a connection text, as written and as they are meant (quotes, escapes and %40 undone).
[[nodiscard]] std::vector<std::string> passwords_in(std::string_view connection);

/// The text with every secret of the connection replaced by "***": for what a server or a driver says of it.
[[nodiscard]] std::string without_passwords_of(std::string_view connection, std::string text);

/// What is wrong with a connection text of the form "PG:key=value key='a value'", or nothing. Values are not told.
[[nodiscard]] std::string fault_of_connection(std::string_view connection);

}  // namespace terrein
