#pragma once
// TERREIN_SANITIZED is defined in a build with the address sanitizer, by whichever compiler.

#if defined(__SANITIZE_ADDRESS__)
#define TERREIN_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TERREIN_SANITIZED
#endif
#endif
