// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ebb",
  products: [
    .executable(name: "ebb", targets: ["ebb"]),
    .executable(name: "ebb-server", targets: ["ebb-server"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Shared: what both sides need. No I/O, but for the sockets of SecureTransport.
    .target(
      name: "OperationLog",
      dependencies: [.crypto],
      path: "Shared/OperationLog"),
    .target(
      name: "JournalModel",
      dependencies: ["OperationLog"],
      path: "Shared/JournalModel"),
    .target(
      name: "SyncProtocol",
      dependencies: ["OperationLog", .protobuf],
      path: "Shared/SyncProtocol",
      exclude: ["sync.proto"]),
    .target(
      name: "SecureTransport",
      dependencies: ["COpenSSL", .nioCore, .nioPosix, .nioTLS],
      path: "Shared/SecureTransport"),

    // Client: the journal on this machine.
    .target(
      name: "JournalSealing",
      dependencies: [
        "OperationLog", "JournalModel", "SyncProtocol", "CZlib", .crypto, .cryptoExtras, .protobuf,
      ],
      path: "Client/JournalSealing",
      exclude: ["payload.proto"]),
    .target(
      name: "JournalStore",
      dependencies: ["JournalModel", "OperationLog", "JournalSealing", .grdb, .grdbSQLite],
      path: "Client/JournalStore"),
    .target(
      name: "JournalSync",
      dependencies: [
        "JournalStore", "JournalSealing", "JournalModel", "OperationLog", "SyncProtocol",
        "SecureTransport", .nioCore, .nioPosix, .nioHTTP1, .nioExtras,
      ],
      path: "Client/JournalSync"),
    .target(
      name: "Interchange",
      dependencies: ["JournalModel", "OperationLog", "CZlib", .crypto, .swiftCSV, .yams],
      path: "Client/Interchange"),
    .target(
      name: "Insights",
      dependencies: ["JournalModel"],
      path: "Client/Insights"),
    .target(
      name: "JournalCommands",
      dependencies: [
        "Insights", "Interchange", "JournalSync", "JournalStore", "JournalSealing", "JournalModel",
        "OperationLog", "SyncProtocol", "SecureTransport", .argumentParser,
      ],
      path: "Client/JournalCommands"),

    // Server: merges what it cannot read. Never imports JournalModel.
    .target(
      name: "ServerCore",
      dependencies: ["SyncProtocol", "OperationLog", .crypto],
      path: "Server/ServerCore"),
    .target(
      name: "ServerSQLite",
      dependencies: ["ServerCore", "OperationLog", .grdb],
      path: "Server/ServerSQLite"),
    .target(
      name: "ServerHTTP",
      dependencies: [
        "ServerCore", "SyncProtocol", "SecureTransport", .hummingbird, .hummingbirdCore, .httpTypes,
        .logging, .nioCore, .nioHTTPTypes, .nioHTTPTypesHTTP1, .nioHTTP1, .nioPosix, .protobuf,
      ],
      path: "Server/ServerHTTP"),
    .target(
      name: "ServerCommands",
      dependencies: [
        "ServerHTTP", "ServerSQLite", "ServerCore", "SecureTransport", .argumentParser, .logging,
        .serviceLifecycle, .unixSignals, .nioCore, .nioPosix, .hummingbird,
      ],
      path: "Server/ServerCommands"),

    // Sources: the programs, and the bindings of C libraries.
    .executableTarget(name: "ebb", dependencies: ["JournalCommands", "CSQLite"]),
    .executableTarget(name: "ebb-server", dependencies: ["ServerCommands", "CSQLite"]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
  ]
    // Tests: what they share, which nothing else may import, and one target a module.
    + [
      .target(
        name: "TestSupport", dependencies: ["OperationLog", "SyncProtocol", .crypto],
        path: "Tests/TestSupport"),
      .executableTarget(
        name: "bench",
        dependencies: [
          "JournalStore", "JournalSealing", "JournalModel", "OperationLog", "SyncProtocol",
        ],
        path: "Tests/Bench"),
      .target(
        name: "Simulation",
        dependencies: [
          "JournalSync", "JournalStore", "JournalSealing", "JournalModel", "OperationLog",
          "SyncProtocol", "SecureTransport", "ServerCore", "ServerSQLite", "TestSupport",
          .grdbSQLite, .protobuf,
        ],
        path: "Tests/Simulation"),
      .executableTarget(
        name: "simulate", dependencies: ["Simulation", "CSQLite"], path: "Tests/Simulate"),
    ]
    + tests([
      "ArchitectureTests": [],
      "CommandLineTests": [],
      "ConvergenceTests": ["Simulation", "JournalStore", "JournalModel"],
      "InsightsTests": ["Insights", "JournalModel", "OperationLog"],
      "InterchangeTests": ["Interchange", "JournalModel", "OperationLog"],
      "JournalCommandsTests": [
        "JournalCommands", "Insights", "Interchange", "JournalModel", "JournalStore", "JournalSync",
        "OperationLog", .argumentParser,
      ],
      "JournalModelTests": ["JournalModel", "OperationLog"],
      "JournalSealingTests": [
        "JournalSealing", "JournalModel", "OperationLog", "SyncProtocol", .crypto, .cryptoExtras,
        .protobuf,
      ],
      "JournalSyncTests": [
        "JournalSync", "JournalStore", "JournalSealing", "JournalModel", "OperationLog",
        "SyncProtocol", "SecureTransport", "ServerHTTP", "ServerSQLite", "ServerCore", .logging,
        .nioCore, .nioPosix, .protobuf, .serviceLifecycle,
      ],
      "JournalStoreTests": [
        "JournalStore", "JournalSealing", "JournalModel", "OperationLog", .grdb,
      ],
      "OperationLogTests": ["OperationLog"],
      "SecureTransportTests": [
        "SecureTransport", "COpenSSL", .nioCore, .nioEmbedded, .nioPosix, .nioTLS,
      ],
      "ServerCommandsTests": ["ServerCommands", "ServerCore", "SyncProtocol", .logging],
      "ServerHTTPTests": [
        "ServerHTTP", "ServerCore", "SecureTransport", "SyncProtocol", "OperationLog", .crypto,
        .hummingbird, .logging, .nioCore, .nioPosix, .protobuf, .serviceLifecycle,
      ],
      "ServerCoreTests": [
        "ServerCore", "ServerSQLite", "SyncProtocol", "OperationLog", .crypto, .protobuf,
      ],
      "ServerSQLiteTests": [
        "ServerSQLite", "ServerCore", "SyncProtocol", "OperationLog", .grdb,
      ],
    ]),
  swiftLanguageModes: [.v6]
)

/// Test targets, all of which import `TestSupport`.
func tests(_ dependenciesByName: [String: [Target.Dependency]]) -> [Target] {
  let withGoldenFiles: Set = ["JournalSealingTests"]
  return dependenciesByName.map { name, dependencies in
    .testTarget(
      name: name, dependencies: dependencies + ["TestSupport"],
      exclude: withGoldenFiles.contains(name) ? ["Golden"] : [])
  }
  .sorted { $0.name < $1.name }
}

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
  static let grdbSQLite = product(name: "GRDBSQLite", package: "GRDB.swift")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
  static let logging = product(name: "Logging", package: "swift-log")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
  static let nioExtras = product(name: "NIOExtras", package: "swift-nio-extras")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
  static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
  static let protobuf = product(name: "SwiftProtobuf", package: "swift-protobuf")
  static let serviceLifecycle = product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
  static let swiftCSV = product(name: "SwiftCSV", package: "SwiftCSV")
  static let yams = product(name: "Yams", package: "Yams")
  static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
}

// Fuzzing has a program of its own, which only `scripts/fuzz` can link.
if Context.environment["EBB_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Interchange", "JournalCommands", "JournalModel", "JournalSealing", "JournalStore",
        "JournalSync", "OperationLog", "ServerCore", "SyncProtocol", .protobuf,
      ],
      path: "Tests/Fuzz", exclude: ["Corpus"])
  )
}

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
