import Crypto
import CryptoExtras
import Foundation
import OperationLog
import Testing

@testable import JournalSealing

// Every primitive, called as this module calls it, gives what its publication says.
struct PublishedVectorTests {
  @Test(arguments: [
    // FIPS 180-4, "SHA256 examples".
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func `SHA-256 gives the digests of FIPS 180-4`(message: String, digest: String) {
    #expect(Hexadecimal.text(of: Array(SHA256.hash(data: Array(message.utf8)))) == digest)
  }

  @Test(arguments: [
    // RFC 4231, test cases 1 to 4: the keys of up to a block, as all of ours are.
    (
      String(repeating: "0b", count: 20), "4869205468657265",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
  ])
  func `the keyed hash is HMAC-SHA256 of RFC 4231`(key: String, data: String, code: String) throws {
    let data = try bytes(data)
    var hash = KeyedHash(key: SymmetricKey(data: try bytes(key)))
    let again = hash
    hash.update(data)
    #expect(Hexadecimal.text(of: Array(hash.finalize())) == code)
    // A copy taken before knows nothing of what the other took in.
    hash = again
    for byte in data { hash.update(byte) }
    #expect(Hexadecimal.text(of: Array(hash.finalize())) == code)
  }

  @Test(arguments: [
    // RFC 5869, A.1 to A.3: key, salt, info, length, output.
    (
      String(repeating: "0b", count: 22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
      42,
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    ),
    (
      range(0x00...0x4f), range(0x60...0xaf), range(0xb0...0xff), 82,
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e"
        + "590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
    ),
    (
      String(repeating: "0b", count: 22), "", "", 42,
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    ),
  ])
  func `HKDF gives the keys of RFC 5869`(
    key: String, salt: String, info: String, count: Int, output: String
  ) throws {
    let pseudoRandomKey = HKDF<SHA256>.extract(
      inputKeyMaterial: SymmetricKey(data: try bytes(key)), salt: try bytes(salt))
    let derived = HKDF<SHA256>.expand(
      pseudoRandomKey: pseudoRandomKey, info: try bytes(info), outputByteCount: count)
    #expect(Hexadecimal.text(of: derived.withUnsafeBytes(Array.init)) == output)
  }

  @Test(arguments: [
    // McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 to 16: key, nonce,
    // plaintext, authenticated, ciphertext, tag.
    [
      String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", "", "",
      "530f8afbc74536b9a963b4f1c4cb738b",
    ],
    [
      String(repeating: "00", count: 32), String(repeating: "00", count: 12),
      String(repeating: "00", count: 16), "", "cea7403d4d606b6e074ec5d3baf39d18",
      "d0d1c8a799996bf0265b98b5d48ab919",
    ],
    [
      gcmKey, gcmNonce, gcmPlaintext + "1aafd255", "", gcmCiphertext + "898015ad",
      "b094dac5d93471bdec1a502270e3cc6c",
    ],
    [
      gcmKey, gcmNonce, gcmPlaintext, "feedfacedeadbeeffeedfacedeadbeefabaddad2", gcmCiphertext,
      "76fc6ece0f4e1768cddf8853bb2d551b",
    ],
  ])
  func `AES-256-GCM seals as McGrew and Viega's test cases`(vector: [String]) throws {
    let vector = try vector.map(bytes)
    let key = SymmetricKey(data: vector[0])
    let box = try AES.GCM.seal(
      vector[2], using: key, nonce: AES.GCM.Nonce(data: vector[1]), authenticating: vector[3])
    #expect(Array(box.ciphertext) == vector[4])
    #expect(Array(box.tag) == vector[5])
    let received = try AES.GCM.SealedBox(combined: vector[1] + vector[4] + vector[5])
    #expect(Array(try AES.GCM.open(received, using: key, authenticating: vector[3])) == vector[2])
  }

  @Test(arguments: [
    // RFC 7914, section 12.
    (
      "password", "NaCl", 1024, 8, 16,
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      "pleaseletmein", "SodiumChloride", 16384, 8, 1,
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func `scrypt gives the keys of RFC 7914`(
    password: String, salt: String, rounds: Int, blockSize: Int, parallelism: Int, key: String
  ) throws {
    let derived = try KDF.Scrypt.deriveKey(
      from: Array(password.utf8), salt: Array(salt.utf8), outputByteCount: 64, rounds: rounds,
      blockSize: blockSize, parallelism: parallelism)
    #expect(Hexadecimal.text(of: derived.withUnsafeBytes(Array.init)) == key)
  }

  @Test(arguments: [
    // RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        + "984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ])
  func `Ed25519 has the keys and signatures of RFC 8032`(
    seed: String, publicKey: String, message: String, signature: String
  ) throws {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: try bytes(seed))
    #expect(Hexadecimal.text(of: Array(key.publicKey.rawRepresentation)) == publicKey)
    #expect(
      Hexadecimal.text(of: Array(try key.signature(for: try bytes(message)))) == signature)
    #expect(key.publicKey.isValidSignature(try bytes(signature), for: try bytes(message)))
  }
}

private func bytes(_ hexadecimal: String) throws -> [UInt8] {
  try #require(Hexadecimal.bytes(hexadecimal))
}

private func range(_ range: ClosedRange<UInt8>) -> String { Hexadecimal.text(of: Array(range)) }

private let gcmKey = String(repeating: "feffe9928665731c6d6a8f9467308308", count: 2)
private let gcmNonce = "cafebabefacedbaddecaf888"
private let gcmPlaintext =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
  + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
private let gcmCiphertext =
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
  + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
