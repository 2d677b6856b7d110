// Distributions in one text: `6 s + exponential(4 s)`.
#include "scenario/scalars_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "scenario/scalars.hpp"
#include "scenario/scalars_units.hpp"

namespace dronewall {
namespace {

using Kind = DistributionKind;

/// A distribution as it is written.
struct Form {
  const char* name;
  Kind kind;
  const char* arguments;
  std::size_t count;
};

constexpr std::array<Form, 9> forms{{
    {"exponential", Kind::exponential, "mean", 1},
    {"uniform", Kind::uniform, "low .. high", 2},
    {"triangular", Kind::triangular, "low .. mode .. high", 3},
    {"pert", Kind::pert, "low .. mode .. high", 3},
    {"normal", Kind::normal, "mean .. sd", 2},
    {"lognormal", Kind::lognormal, "median .. p95", 2},
    {"poisson", Kind::poisson, "mean", 1},
    {"beta", Kind::beta, "a .. b", 2},
    {"gamma", Kind::gamma, "shape .. scale", 2},
}};

const Form* find_form(std::string_view name) {
  const auto found =
      std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return name == form.name; });
  return found == forms.end() ? nullptr : found;
}

std::string nearest_form(std::string_view name) {
  return nearest_word(name, {"exponential", "uniform", "triangular", "pert", "normal", "lognormal", "poisson",
                             "beta", "gamma"});
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// The word at the start of a text.
std::string_view first_word(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::vector<std::string_view> split_arguments(std::string_view inside) {
  std::vector<std::string_view> arguments;
  if (trimmed(inside).empty()) return arguments;
  for (std::size_t dots = inside.find(".."); dots != inside.npos; dots = inside.find("..")) {
    arguments.push_back(trimmed(inside.substr(0, dots)));
    inside.remove_prefix(dots + 2);
  }
  arguments.push_back(trimmed(inside));
  return arguments;
}

/// `1, 2, 3` as `1 .. 2 .. 3`.
std::string with_dots(std::string_view inside) {
  std::string out;
  for (std::size_t comma = inside.find(','); comma != inside.npos; comma = inside.find(',')) {
    out += fmt::format("{} .. ", trimmed(inside.substr(0, comma)));
    inside.remove_prefix(comma + 1);
  }
  return out + std::string(trimmed(inside));
}

/// `6 s + exponential(4 s)` taken apart.
struct Call {
  std::optional<std::string_view> before;  ///< the shift in front
  std::string_view name;
  std::string_view inside;                ///< between the parentheses
  std::optional<std::string_view> after;  ///< the shift behind
};

/// Takes apart one value; reports to the list of its reader.
class Parser {
 public:
  Parser(const ScalarText& text, Amounts& amounts, Problems& problems)
      : text_(text), amounts_(amounts), problems_(problems) {}

  std::optional<Quantity> read() {
    const std::string_view whole = trimmed(text_.text());
    if (whole.find('(') != whole.npos) return read_call(whole);
    if (find_form(first_word(whole)))
      return refuse(whole, fmt::format("{} stands here without its arguments", first_word(whole)),
                    fmt::format("write {}({})", first_word(whole), find_form(first_word(whole))->arguments));
    if (whole.find("..") != whole.npos)
      return refuse(whole, fmt::format("`{}` does not say how it is distributed", whole),
                    fmt::format("write uniform({})", whole));
    if (whole.find(')') != whole.npos)
      return refuse(whole.substr(whole.find(')')), "this `)` closes nothing", "");
    const auto value = amounts_.read(text_, whole);
    if (!value) return std::nullopt;
    return Quantity::constant(*value, text_.at(whole));
  }

 private:
  std::nullopt_t refuse(std::string_view part, std::string what, std::string hint = "") {
    problems_.error(text_.at(part), std::move(what), std::move(hint));
    return std::nullopt;
  }

  std::optional<Quantity> read_call(std::string_view whole) {
    const auto call = take_apart(whole);
    if (!call) return std::nullopt;
    const Form* form = find_form(call->name);
    if (!form) return refuse_name(call->name);
    if (!suits(*form, call->name)) return std::nullopt;
    auto quantity = read_arguments(*form, *call);
    const auto before = read_shift(call->before), after = read_shift(call->after);
    if (!quantity || !before || !after) return std::nullopt;
    quantity->shift = *before + *after;
    quantity->place = text_.at(whole);
    return quantity;
  }

  std::optional<Call> take_apart(std::string_view whole) {
    const std::size_t open = whole.find('('), close = whole.find(')');
    if (close == whole.npos || close < open)
      return refuse(whole.substr(open), "this `(` is not closed",
                    "close it with `)`; `..` parts the arguments");
    const std::size_t second = whole.find('(', open + 1);
    if (second != whole.npos)
      return refuse(whole.substr(second), "a second distribution stands in this value (a value has one)", "");
    std::size_t start = open;
    while (start > 0 && is_name_character(whole[start - 1])) --start;
    Call call{{}, whole.substr(start, open - start), whole.substr(open + 1, close - open - 1), {}};
    const bool both = take_before(trimmed(whole.substr(0, start)), call) &&
                      take_after(trimmed(whole.substr(close + 1)), call);
    return both ? std::optional(call) : std::nullopt;
  }

  bool take_before(std::string_view part, Call& call) {
    if (part.empty()) return true;
    if (!part.ends_with('+')) {
      refuse(part, fmt::format("`{}` cannot stand in front of a distribution", part), shift_hint);
      return false;
    }
    call.before = part.substr(0, part.size() - 1);
    return true;
  }

  bool take_after(std::string_view part, Call& call) {
    if (part.empty()) return true;
    if (part.starts_with('+') && !call.before) {
      call.after = part.substr(1);
      return true;
    }
    refuse(part,
           call.before ? "a value has one shift, before or behind its distribution"
                       : fmt::format("`{}` cannot stand behind a distribution", part),
           shift_hint);
    return false;
  }

  std::optional<double> read_shift(std::optional<std::string_view> part) {
    if (!part) return 0.0;
    return amounts_.read(text_, *part, argument_dimension());
  }

  /// Counts are whole, but the parameters of their distributions need not be.
  [[nodiscard]] Dimension argument_dimension() const {
    return amounts_.dimension() == Dimension::count ? Dimension::none : amounts_.dimension();
  }

  std::nullopt_t refuse_name(std::string_view name) {
    const std::string near = nearest_form(name);
    const std::string what = name.empty() ? std::string("a distribution's name is missing in front of `(`")
                                          : fmt::format("`{}` is no distribution", name);
    return refuse(name, what,
                  near.empty()
                      ? "known are exponential, uniform, triangular, pert, normal, lognormal, poisson, beta "
                        "and gamma"
                      : fmt::format("did you mean `{}`?", near));
  }

  /// What a distribution gives must be what the key needs.
  bool suits(const Form& form, std::string_view name) {
    const Dimension needed = amounts_.dimension();
    const bool share = needed == Dimension::fraction || needed == Dimension::none;
    const bool whole = needed == Dimension::count || needed == Dimension::none;
    if (form.kind == Kind::beta && !share)
      refuse(name, fmt::format("beta gives numbers between 0 and 1 ({} is needed)", noun_of(needed)),
             "pert(low .. mode .. high) has the same shape between bounds");
    else if (form.kind == Kind::poisson && !whole)
      refuse(name, fmt::format("poisson gives whole numbers ({} is needed)", noun_of(needed)));
    else if (needed == Dimension::decibel)
      refuse(name, "a ratio in decibels cannot be random", fmt::format("for example {}", example_of(needed)));
    else
      return true;
    return false;
  }

  std::optional<Quantity> read_arguments(const Form& form, const Call& call) {
    if (const std::size_t comma = call.inside.find(','); comma != call.inside.npos)
      return refuse(call.inside.substr(comma),
                    "a comma parts no arguments (it would end a text in { } or [ ])",
                    fmt::format("write {}({})", form.name, with_dots(call.inside)));
    const auto arguments = split_arguments(call.inside);
    if (arguments.size() != form.count)
      return refuse(arguments.size() > form.count ? arguments[form.count] : call.inside,
                    fmt::format("{} has {} argument{} ({} given)", form.name, form.count,
                                form.count == 1 ? "" : "s", arguments.size()),
                    fmt::format("write {}({})", form.name, form.arguments));
    std::array<double, 3> values{};
    bool whole = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const bool pure = form.kind == Kind::beta || (form.kind == Kind::gamma && i == 0);
      const auto value = amounts_.read(text_, arguments[i], pure ? Dimension::none : argument_dimension());
      if (value) values[i] = *value;
      whole = whole && value;
    }
    if (!whole || !check_arguments(form.kind, arguments, values)) return std::nullopt;
    Quantity quantity;
    quantity.kind = form.kind;
    std::tie(quantity.a, quantity.b, quantity.c) = std::tie(values[0], values[1], values[2]);
    return quantity;
  }

  bool check_arguments(Kind kind, const std::vector<std::string_view>& text,
                       const std::array<double, 3>& value) {
    switch (kind) {
      case Kind::exponential:
        return check(value[0] > 0, text[0], "the mean {} is not above 0");
      case Kind::poisson:
        return check(value[0] >= 0, text[0], "the mean {} is below 0");
      case Kind::uniform:
        return check(value[0] <= value[1], text[1], "the high end {} is below the low end {}", text[0]);
      case Kind::triangular:
      case Kind::pert:
        return check(value[0] <= value[2], text[2], "the high end {} is below the low end {}", text[0]) &&
               check(value[0] <= value[1] && value[1] <= value[2], text[1],
                     "the mode {} lies outside low .. high");
      case Kind::normal:
        return check(value[1] >= 0, text[1], "the standard deviation {} is below 0");
      case Kind::lognormal:
        return check(value[0] > 0, text[0], "the median {} is not above 0") &&
               check(value[1] >= value[0], text[1], "the 95th percentile {} is below the median {}", text[0]);
      case Kind::beta:
      case Kind::gamma:
        return check(value[0] > 0, text[0], "{} is not above 0") &&
               check(value[1] > 0, text[1], "{} is not above 0");
      case Kind::constant:
      case Kind::discrete:
        break;
    }
    return true;
  }

  bool check(bool holds, std::string_view part, const char* what, std::string_view other = "") {
    if (!holds) refuse(part, fmt::format(fmt::runtime(what), part, other));
    return holds;
  }

  static constexpr const char* shift_hint = "a shift is written 6 s + exponential(4 s)";
  const ScalarText& text_;
  Amounts& amounts_;
  Problems& problems_;
};

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> distribution_forms() {
  std::vector<std::pair<std::string_view, std::string_view>> result;
  for (const Form& form : forms) result.emplace_back(form.name, form.arguments);
  return result;
}

std::optional<Quantity> read_distribution(const ScalarText& text, Amounts& amounts, Problems& problems) {
  return Parser(text, amounts, problems).read();
}

}  // namespace dronewall
