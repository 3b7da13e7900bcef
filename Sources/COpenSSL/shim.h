#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// What the headers offer only as macros, which Swift cannot call. Each function is named for the
// macro it stands for; constants that a macro computes are named for what they mean here.

static inline int COpenSSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline int COpenSSL_CTX_set1_groups_list(SSL_CTX *context, const char *names) {
  return (int)SSL_CTX_set1_groups_list(context, names);
}

static inline long COpenSSL_CTX_set_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_mode(context, mode);
}

static inline long COpenSSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}

/// No compression, renegotiation or session tickets, on either side.
static inline uint64_t COpenSSL_options_both_sides(void) {
  return SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET;
}

/// The server's order of ciphers counts, except that a client that puts ChaCha20 first gets it.
static inline uint64_t COpenSSL_options_server(void) {
  return SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA;
}

static inline int COpenSSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int COpenSSL_set_max_proto_version(SSL *ssl, int version) {
  return (int)SSL_set_max_proto_version(ssl, version);
}

static inline void COpenSSL_BIO_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

static inline void COpenSSL_BIO_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }

static inline long COpenSSL_BIO_get_mem_data(BIO *bio, char **bytes) {
  return BIO_get_mem_data(bio, bytes);
}

static inline EVP_PKEY *COpenSSL_EC_gen(const char *curve) { return EVP_EC_gen(curve); }

static inline int COpenSSL_general_names_count(const GENERAL_NAMES *names) {
  return sk_GENERAL_NAME_num(names);
}

static inline GENERAL_NAME *COpenSSL_general_name(const GENERAL_NAMES *names, int index) {
  return sk_GENERAL_NAME_value(names, index);
}

static inline int COpenSSL_general_names_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
  return sk_GENERAL_NAME_push(names, name);
}

static inline STACK_OF(X509) * COpenSSL_X509_stack_new(void) { return sk_X509_new_null(); }

/// Appends without taking a reference: the stack must not outlive the certificate.
static inline int COpenSSL_X509_stack_push(STACK_OF(X509) * stack, X509 *certificate) {
  return sk_X509_push(stack, certificate);
}

/// Frees the stack alone, not the certificates in it.
static inline void COpenSSL_X509_stack_free(STACK_OF(X509) * stack) { sk_X509_free(stack); }

/// `SSL_CTX_new` loads some thousand error texts unless told before; this loads them when one is
/// needed after all.
static inline void COpenSSL_load_error_strings(void) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  ERR_load_SSL_strings();
  ERR_load_CRYPTO_strings();
#pragma clang diagnostic pop
}

#endif
