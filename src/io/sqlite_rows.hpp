#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/sqlite.hpp"

namespace terrein::sqlite {

/// Values of some rows in the order in which a table takes them: row by row, column by column.
class RowBlock {
 public:
  /// Makes room for rows of `columns` nulls; keeps the memory of what it held before.
  void reset(std::size_t rows, std::size_t columns);
  void set(std::size_t row, std::size_t column, std::int64_t value);
  /// Null where it is no finite number; the zero with a minus is written as zero.
  void set(std::size_t row, std::size_t column, double value);
  /// The text must live until the rows are written.
  void set(std::size_t row, std::size_t column, std::string_view text);
  /// The bytes are copied.
  void set(std::size_t row, std::size_t column, std::span<unsigned char const> head,
           std::span<unsigned char const> body);
  /// Gives a value to SQLite, valid until the next `reset`.
  void give(std::size_t row, std::size_t column, sqlite3_context* context) const;

 private:
  enum class Kind : std::uint32_t { null, whole, real, text, bytes };
  struct Value {
    union {
      std::int64_t whole;
      double real;
      char const* text;
      std::size_t offset;  ///< of bytes in `store_`
    };
    std::uint32_t size;
    Kind kind;
  };
  Value& at(std::size_t row, std::size_t column) { return values_[row * columns_ + column]; }

  std::size_t columns_ = 0;
  std::vector<Value> values_;
  std::vector<unsigned char> store_;
};

/// Fills a block that was reset with the rows [begin, end); row `begin` is the first of the block.
using FillBlock = std::function<void(std::size_t begin, std::size_t end, RowBlock& block)>;

/// Inserts rows into a table, all by one statement that asks for them: a statement per row would open the table, and
/// read and write the counter of its keys, every time. With two or more workers the next block is filled by a thread of
/// its own while SQLite takes the one before. Throws what `fill` throws, `Error{interrupted}` when a stop was
/// requested, and `Error{output}` for faults of SQLite.
void insert_rows(Database& database, std::string const& table, std::size_t rows, std::size_t columns,
                 FillBlock const& fill, unsigned workers);

}  // namespace terrein::sqlite
