// The whole test kit: `#include <ouro/testing/testing.h>`, link `ouro::testing`. docs/testing-kit.md shows it at work.
#pragma once

#include <ouro/testing/failure.h>
#include <ouro/testing/graph.h>
#include <ouro/testing/history.h>
#include <ouro/testing/life_counts.h>
#include <ouro/testing/operations.h>
#include <ouro/testing/oracle.h>
#include <ouro/testing/plan.h>
#include <ouro/testing/require.h>
#include <ouro/testing/shrink.h>
