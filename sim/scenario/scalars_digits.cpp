#include "scenario/scalars_digits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace dronewall {
namespace {

constexpr std::string_view minus_sign = "\xe2\x88\x92";  // U+2212, which word processors write

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

/// Sign, digits, point, digits, exponent: how many characters of each stand at the start.
struct Form {
  std::size_t sign = 0;
  std::size_t whole = 0;
  std::size_t point = 0;
  std::size_t fraction = 0;
  std::size_t exponent = 0;

  [[nodiscard]] std::size_t size() const { return sign + whole + point + fraction + exponent; }
};

Form find_form(std::string_view text) {
  Form form;
  form.sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  text.remove_prefix(form.sign);
  form.whole = count_digits(text);
  text.remove_prefix(form.whole);
  if (text.starts_with('.') && !text.starts_with("..")) {
    form.point = 1;
    form.fraction = count_digits(text.substr(1));
    text.remove_prefix(1 + form.fraction);
  }
  if (form.whole + form.fraction == 0 || text.empty() || (text[0] != 'e' && text[0] != 'E')) return form;
  const std::size_t sign = text.size() > 1 && (text[1] == '-' || text[1] == '+') ? 1 : 0;
  const std::size_t digits = count_digits(text.substr(1 + sign));
  if (digits > 0) form.exponent = 1 + sign + digits;
  return form;
}

bool is_infinite_word(std::string_view text) {
  std::string word;
  for (const char c :
       text.substr(text.find_first_not_of("+-.") == text.npos ? 0 : text.find_first_not_of("+-.")))
    word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return word == "nan" || word == "inf" || word == "infinity";
}

/// Digits written in groups, or with a decimal comma: the number meant, else "".
std::string regrouped(std::string_view part) {
  const std::size_t end = std::min(part.find_first_not_of("0123456789,._ '"), part.size());
  const std::string_view number = trimmed(part.substr(0, end));
  const std::size_t sign = number.find_first_of(",_' ");
  if (sign == number.npos || sign + 1 >= number.size() || !is_digit(number[sign + 1])) return "";
  const bool decimal = number[sign] == ',' && count_digits(number.substr(sign + 1)) != 3;
  std::string meant;
  for (const char c : number) {
    if (c == ',' && decimal) meant += '.';
    if (is_digit(c) || c == '.') meant += c;
  }
  return meant;
}

/// A problem at `part`, and nothing read.
struct Refusal {
  std::string what;
  std::string hint;
};

Refusal refuse_no_number(std::string_view part, const char* needed, const char* example) {
  if (is_infinite_word(part))
    return {fmt::format("{} is not a finite number ({} is needed)", part, needed), ""};
  if (part == "unlimited") return {fmt::format("`unlimited` cannot stand here ({} is needed)", needed), ""};
  if (part.starts_with(minus_sign)) return {"this minus sign is not the one of numbers", "write -"};
  return {fmt::format("`{}` is not a number ({} is needed)", part, needed),
          fmt::format("for example {}", example)};
}

std::optional<Refusal> refuse_form(const Form& form, std::string_view part) {
  const std::string_view written = part.substr(0, form.size());
  const std::string_view whole = part.substr(form.sign, form.whole);
  const std::string sign(part.substr(0, form.sign));
  if (const std::string meant = regrouped(part.substr(form.sign)); !meant.empty())
    return Refusal{fmt::format("`{}` is not one number", part), fmt::format("write {}{}", sign, meant)};
  if (form.whole == 0 || (form.point && form.fraction == 0))
    return Refusal{fmt::format("`{}` lacks a digit beside the point", written),
                   form.whole == 0 ? fmt::format("write {}0{}", sign, written.substr(form.sign))
                                   : fmt::format("write {}{}", sign, whole)};
  if (form.whole > 1 && whole.front() == '0') {
    const std::size_t first = std::min(whole.find_first_not_of('0'), whole.size() - 1);
    return Refusal{fmt::format("`{}` has a leading zero", written),
                   fmt::format("write {}{}", sign, written.substr(form.sign + first))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Digits> read_digits(const ScalarText& text, std::string_view part, const char* needed,
                                  const char* example, Problems& problems) {
  const auto refuse = [&](Refusal refusal) {
    problems.error(text.at(part), std::move(refusal.what), std::move(refusal.hint));
    return std::nullopt;
  };
  part = trimmed(part);
  if (part.empty())
    return refuse(
        {fmt::format("nothing stands here ({} is needed)", needed), fmt::format("for example {}", example)});
  const Form form = find_form(part);
  if (form.whole + form.fraction == 0) return refuse(refuse_no_number(part, needed, example));
  if (auto refusal = refuse_form(form, part)) return refuse(std::move(*refusal));
  Digits digits;
  digits.written = part.substr(0, form.size());
  digits.rest = trimmed(part.substr(form.size()));
  const std::string_view plain = digits.written.substr(digits.written.front() == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), digits.value);
  if (error != std::errc())
    return refuse({fmt::format("`{}` is beyond what numbers can hold", digits.written), ""});
  return digits;
}

}  // namespace dronewall
