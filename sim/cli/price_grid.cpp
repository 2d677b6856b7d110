#include "cli/price_grid.hpp"

#include <fmt/format.h>

#include <charconv>

#include "dronewall/study/requested.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_steps = 10'000;

/// $5k, EUR 3e6: in the book's currency; nullopt and `why` otherwise.
std::optional<double> price_of(const std::string& text, const PriceBook& book, std::string& why) {
  const std::optional<WrittenValue> written = parse_written(text);
  if (!written || !(written->value >= 0) || text.find('%') != std::string::npos) {
    why = fmt::format("`{}` is no price (write $5k in single quotes, or EUR 3e6)", text);
    return std::nullopt;
  }
  const std::optional<double> price = money_in(*written, book, why);
  if (!price)
    why = fmt::format("`{}`: {}, such as 'shahed=$10k..$100k/10' in quotes (a shell takes $1 for its own)",
                      text, why);
  return price;
}

std::string money_text(double price, const std::string& currency) {
  const std::string letters = currency == "USD" ? "$" : currency + ' ';
  if (price >= 1e6) return fmt::format("{}{:.6g}M", letters, price / 1e6);
  return price >= 1e3 ? fmt::format("{}{:.6g}k", letters, price / 1e3)
                      : fmt::format("{}{:.6g}", letters, price);
}

bool add_steps(const std::string& range, const PriceBook& book, PriceAxis& axis, std::string& why) {
  const std::size_t dots = range.find(".."), slash = range.find('/');
  const auto low = price_of(range.substr(0, dots), book, why);
  if (!low) return false;
  const auto high = price_of(range.substr(dots + 2, slash - dots - 2), book, why);
  if (!high) return false;
  std::size_t steps = 0;
  if (slash != std::string::npos)
    std::from_chars(range.data() + slash + 1, range.data() + range.size(), steps);
  if (!(*low < *high) || steps < 2 || steps > most_steps) {
    why =
        "write ITEM=LOW..HIGH/N with prices LOW < HIGH and 2 to 10,000 steps, such as "
        "'shahed=$10k..$100k/10' "
        "in quotes (a shell takes $1 for its own)";
    return false;
  }
  for (std::size_t i = 0; i < steps; ++i)
    axis.prices.push_back(*low + (*high - *low) * static_cast<double>(i) / static_cast<double>(steps - 1));
  return true;
}

}  // namespace

std::optional<PriceAxis> parse_price_axis(const std::string& text, const PriceBook& book, std::string& why) {
  const std::size_t equals = text.find('=');
  PriceAxis axis{text.substr(0, equals), {}};
  if (equals == std::string::npos || axis.item.empty()) {
    why = "write ITEM=LOW..HIGH/N or ITEM=PRICE,PRICE";
    return std::nullopt;
  }
  const std::string prices = text.substr(equals + 1);
  if (prices.find("..") != std::string::npos) {
    if (!add_steps(prices, book, axis, why)) return std::nullopt;
    return axis;
  }
  for (std::size_t begin = 0; begin <= prices.size();) {
    const std::size_t end = std::min(prices.find(',', begin), prices.size());
    const auto price = price_of(prices.substr(begin, end - begin), book, why);
    if (!price) return std::nullopt;
    axis.prices.push_back(*price);
    begin = end + 1;
  }
  return axis;
}

std::vector<NamedBook> grid_of(const std::vector<PriceAxis>& axes, const PriceBook& base) {
  std::vector<NamedBook> books = {{"", base, NamedBook::Origin::grid}};
  for (const PriceAxis& axis : axes) {
    std::vector<NamedBook> wider;
    for (const NamedBook& book : books)
      for (const double price : axis.prices) {
        NamedBook& made = wider.emplace_back(book);
        made.name += fmt::format("{}{} {}", made.name.empty() ? "" : ", ", axis.item,
                                 money_text(price, base.currency));
        PriceDescription& written = made.book.items[axis.item];
        written.item.text = axis.item;
        written.low = written.mode = written.high = price;
        written.distribution.reset();
        written.year = base.year;  // As it is given: nothing to be deflated.
      }
    books = std::move(wider);
  }
  return books;
}

}  // namespace dronewall
