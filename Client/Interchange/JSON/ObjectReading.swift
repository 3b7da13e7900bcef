internal import JournalModel

/// Reads objects with the names of Ebb's JSON, one a line or one an element.
struct ObjectReading {
  let settings: ImportSettings

  /// The record, or `nil` where there is none; what is wrong is noted as a fault of its place.
  func record(
    _ value: JSONValue, at place: SourcePlace, _ report: inout ImportReport
  ) -> ImportedRecord? {
    guard let members = value.members else {
      report.fault(.malformed("it is not an object in braces"), place)
      return nil
    }
    var object = RecordObject(members, settings, place)
    do {
      var record = try object.record(&report)
      keep(object.unknown, in: &record, &report)
      if case .entry(let draft) = record.content, draft.text.isBlankText, !draft.isPartial {
        report.note(.empty, place)
        return nil
      }
      return record
    } catch let error as TypedDateError {
      report.fault(.date(error), place)
    } catch let error as InputError {
      report.fault(.input(error), place)
    } catch RecordObject.Wrong.noDate {
      report.fault(.noDate, place)
    } catch RecordObject.Wrong.kind(let kind) {
      report.fault(
        .malformed("“\(kind.prefix(40))” is no kind that this Ebb knows: entry, mood or step"),
        place)
    } catch RecordObject.Wrong.type(let name) {
      report.fault(.malformed("“\(name)” has a value of another kind"), place)
    } catch RecordObject.Wrong.outOfReach(let name, let text) {
      report.fault(
        .malformed("“\(name)” is “\(text.prefix(40))”, which is no time from 1000 to 9999"), place)
    } catch RecordObject.Wrong.number(let name, let text) {
      report.fault(.malformed("“\(name)” is “\(text.prefix(40))”, which is no whole number"), place)
    } catch {
      report.note(.empty, place)
    }
    return nil
  }

  /// What has no register goes into the text or the note; what a step has beyond its own is named.
  private func keep(
    _ unknown: [JSONValue.Member], in record: inout ImportedRecord, _ report: inout ImportReport
  ) {
    var kept = KeptFields()
    for member in unknown {
      if case .step = record.content {
        report.note(.leftOut(member.key), record.place)
      } else if member.key == "history" {
        report.note(.leftOut(member.key), record.place)
      } else {
        kept.add(member.key, member.value.plainText)
        report.note(.keptInText(member.key), record.place)
      }
    }
    switch record.content {
    case .entry(var draft):
      draft.text = kept.appended(to: draft.text)
      record.content = .entry(draft)
    case .mood(var draft) where !kept.isEmpty:
      draft.note = kept.appended(to: draft.note ?? "")
      record.content = .mood(draft)
    default: break
    }
  }
}
