private import Foundation
private import Glibc

/// Turns a page into a PDF by a program that is installed, in a folder that nobody else can enter.
///
///     let printing = try PDFPrinting(searchPath: path, temporaryFolder: folder)
///     defer { printing.discard() }
///     …                                    // write the page into `printing.page`
///     try printing.finish(into: target)
package final class PDFPrinting {
  /// Where the page goes.
  package let page: ExportFile
  private let converter: PDFConverter
  private let folder: String

  /// - Parameters:
  ///   - searchPath: as in `PATH`.
  ///   - temporaryFolder: `nil` for `/tmp`.
  /// - Throws: `ExportError`, `noConverter` before anything is written.
  package init(searchPath: String, temporaryFolder: String?) throws {
    guard let converter = PDFConverter.found(inPath: searchPath) else {
      throw ExportError.noConverter
    }
    self.converter = converter
    let parent = temporaryFolder ?? "/tmp"
    var template = "\(parent)/ebb-print-XXXXXX".utf8CString.map { $0 }
    let made = template.withUnsafeMutableBufferPointer { characters in
      characters.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw ExportError.unwritable(path: parent, systemError: errno) }
    folder = made
    do {
      page = try ExportFile(path: made + "/page.html", mayReplace: false)
    } catch {
      rmdir(made)
      throw error
    }
  }

  deinit {
    discard()
  }

  /// Prints the page that is written by now, and hands the PDF over.
  ///
  /// - Throws: `ExportError`.
  package func finish(into target: ExportTarget) throws {
    guard case .file(let file) = target else { throw ExportError.unavailable(.pdf) }
    try page.commit()
    let status = converter.run(folder: folder)
    let output = folder + "/page.pdf"
    guard status == 0, try isPDF(output) else {
      throw ExportError.notConverted(program: converter.kind.rawValue, status: status)
    }
    try SourceFile.chunks(of: output) { chunk in
      try file.write(chunk)
      return true
    }
  }

  /// Removes the folder and all that it holds.
  package func discard() {
    page.discard()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func isPDF(_ path: String) throws -> Bool {
    guard access(path, R_OK) == 0 else { return false }
    return try SourceFile.read(path, bytesMax: 5).elementsEqual("%PDF-".utf8)
  }
}
