#pragma once
// One include for Catch2 2 and 3.
#ifdef TERREIN_CATCH2_V3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
