#pragma once
#include <ouro/gc/collector.h>
#include <ouro/objects/model/ref.h>
#include <ouro/fmt.h>
