// A layout as JSON: what a store needs so that its quantities can be priced anew without the scenario.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dronewall/study/stored_study.hpp"

namespace dronewall {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LedgerLine& line) {
  Json shares = Json::array();
  for (const auto& [nation, share] : line.paid_by) shares.push_back({nation, share});
  return {{"item", line.item},
          {"account", name_of(line.account)},
          {"side", line.side == Side::defender ? "defender" : "attacker"},
          {"unit", line.unit},
          {"nation", line.nation},
          {"paid_by", shares},
          {"must_be_priced", line.must_be_priced}};
}

Account account_of(const std::string& name) {
  for (const Account account : {Account::munitions, Account::operations, Account::standing,
                                Account::acquisition, Account::damage, Account::disruption, Account::attack})
    if (name == name_of(account)) return account;
  throw StoreError(fmt::format("a layout names the account {}, which is not known", name));
}

LedgerLine line_of(const Json& json) {
  LedgerLine line;
  line.item = json.at("item");
  line.account = account_of(json.at("account"));
  line.side = json.at("side") == "defender" ? Side::defender : Side::attacker;
  line.unit = json.at("unit");
  line.nation = json.at("nation");
  for (const Json& share : json.at("paid_by")) line.paid_by.emplace_back(share.at(0), share.at(1));
  line.must_be_priced = json.at("must_be_priced");
  return line;
}

Json json_of(const Column& column) {
  Json json = {{"name", column.name}, {"quantum", column.quantum}, {"is_count", column.is_count}};
  if (column.line) json["line"] = json_of(*column.line);
  if (column.of_stopped) json["of_stopped"] = true;
  if (column.may_be_negative) json["may_be_negative"] = true;
  if (column.expectation_of) json["expectation_of"] = *column.expectation_of;
  if (column.counted_by == CountedBy::intruder) json["by_intruder"] = true;
  if (column.is_arrivals) json["is_arrivals"] = true;
  return json;
}

Column column_of(const Json& json) {
  Column column;
  column.name = json.at("name");
  column.quantum = json.at("quantum");
  column.is_count = json.at("is_count");
  if (json.contains("line")) column.line = line_of(json["line"]);
  column.of_stopped = json.value("of_stopped", false);
  column.may_be_negative = json.value("may_be_negative", false);
  if (json.contains("expectation_of")) column.expectation_of = json["expectation_of"].get<std::uint32_t>();
  if (json.value("by_intruder", false)) column.counted_by = CountedBy::intruder;
  column.is_arrivals = json.value("is_arrivals", false);
  return column;
}

/// [constant, column, weight, column, weight, …]
Json json_of(const LinearForm& form) {
  Json json = Json::array({form.constant});
  for (const auto& [column, weight] : form.terms) json.push_back(column), json.push_back(weight);
  return json;
}

LinearForm form_of(const Json& json) {
  LinearForm form;
  form.constant = json.at(0);
  for (std::size_t i = 1; i + 1 < json.size(); i += 2) form.terms.emplace_back(json[i], json[i + 1]);
  return form;
}

Json json_of(const MeasureDefinition& measure) {
  Json json = {{"name", measure.name},
               {"meaning", measure.meaning},
               {"unit", measure.unit},
               {"numerator", json_of(measure.numerator)}};
  if (measure.denominator) json["denominator"] = json_of(*measure.denominator);
  if (!measure.undefined_because.empty()) json["undefined_because"] = measure.undefined_because;
  if (measure.less) json["less"] = {json_of(measure.less->numerator), json_of(measure.less->denominator)};
  return json;
}

MeasureDefinition measure_of(const Json& json) {
  MeasureDefinition measure;
  measure.name = json.at("name");
  measure.meaning = json.at("meaning");
  measure.unit = json.at("unit");
  measure.numerator = form_of(json.at("numerator"));
  if (json.contains("denominator")) measure.denominator = form_of(json["denominator"]);
  measure.undefined_because = json.value("undefined_because", "");
  if (json.contains("less")) measure.less = {form_of(json["less"].at(0)), form_of(json["less"].at(1))};
  return measure;
}

Json json_of(const Unresolved& unresolved) {
  return {{"column", unresolved.column}, {"stopped", unresolved.stopped}, {"worst", unresolved.worst}};
}

Unresolved unresolved_of(const Json& json) {
  return {json.at("column"), json.at("stopped").get<Unresolved::Additions>(),
          json.at("worst").get<Unresolved::Additions>()};
}

template <class List>
Json json_of_all(const List& list) {
  Json json = Json::array();
  for (const auto& one : list) json.push_back(json_of(one));
  return json;
}

}  // namespace

std::string json_of_layout(const LedgerLayout& layout) {
  const Json json = {{"columns", json_of_all(layout.columns)},
                     {"measures", json_of_all(layout.measures)},
                     {"without_life", json_of_all(layout.without_life)},
                     {"unresolved", json_of_all(layout.unresolved)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

LedgerLayout layout_of_json(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    LedgerLayout layout;
    for (const Json& one : json.at("columns")) layout.columns.push_back(column_of(one));
    for (const Json& one : json.at("measures")) layout.measures.push_back(measure_of(one));
    for (const Json& one : json.at("without_life")) layout.without_life.push_back(line_of(one));
    for (const Json& one : json.at("unresolved")) layout.unresolved.push_back(unresolved_of(one));
    return layout;
  } catch (const Json::exception& error) {
    throw StoreError(fmt::format("a layout in the store is damaged: {}", error.what()));
  }
}

}  // namespace dronewall
