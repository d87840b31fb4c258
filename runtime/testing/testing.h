// The whole test kit: `#include <ouro/runtime/testing/testing.h>`, link `ouro::testing`. docs/testing-kit.md shows it at work.
#pragma once

#include <ouro/runtime/testing/census.h>
#include <ouro/runtime/testing/failure.h>
#include <ouro/runtime/testing/graph.h>
#include <ouro/runtime/testing/oracle.h>
#include <ouro/runtime/testing/require.h>
#include <ouro/runtime/testing/schedule.h>
#include <ouro/runtime/testing/script.h>
#include <ouro/runtime/testing/shrink.h>
#include <ouro/runtime/testing/trace.h>
