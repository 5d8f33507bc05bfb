"""Compiles a kernel in one go, instead of each of its steps by itself first.

numba makes machine code of every function that it compiles, with all that it calls, and a way in
from Python, before another one may call it: 150 steps are optimised again and again. Here a step is
only translated. The kernel takes in each of its steps once and is optimised as a whole, in a
quarter of the time and for the same bits.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

from numba.core import codegen, compiler, compiler_machinery, typed_passes, untyped_passes

# all that is used of numba's inside, which has no types
_COMPILER: Any = compiler
_CODEGEN: Any = codegen
_LIBRARY: Any = _CODEGEN.JITCodeLibrary
_LLVM: Any = _CODEGEN.ll
_LOWERING: Any = typed_passes.NativeLowering
_MACHINERY: Any = compiler_machinery
_TYPED: Any = typed_passes
_UNTYPED: Any = untyped_passes
_REGISTER: Any = _MACHINERY.register_pass(mutates_CFG=True, analysis_only=False)

# Steps are small and call one another all the time, which costs more than much of what they do. So
# larger ones than usual (225) are put in the place of their calls. It is a setting of the whole
# process: the one of a single kernel's passes is not heeded.
_LARGEST_PUT_IN_PLACE = 1500
_LLVM.set_option("familyflow", f"-inline-threshold={_LARGEST_PUT_IN_PLACE}")


class _StepLibrary(_LIBRARY):  # type: ignore[misc]
    """The code of a step: nothing is done with it until a kernel takes it in."""

    def _ensure_finalized(self) -> None:
        """A step is never finished by itself."""

    def add_linking_library(self, library: Any) -> None:
        self._linking_libraries.append(library)

    def add_llvm_module(self, ll_module: Any) -> None:
        self._final_module.link_in(ll_module)


class _KernelLibrary(_StepLibrary):
    """The code of a kernel, with that of every step that it needs."""

    def _ensure_finalized(self) -> None:
        if not self._finalized:
            self.finalize()

    def finalize(self) -> None:
        self._raise_if_finalized()
        module = self._final_module
        known = {function.name for function in module.functions if not function.is_declaration}
        for library in _needed_by(self):
            if isinstance(library, _StepLibrary):
                module.link_in(library._final_module, preserve=True)
            else:
                module.link_in(library._get_module_for_linking(), preserve=True)
        for function in module.functions:
            if not function.is_declaration and function.name not in known:
                function.linkage = "internal"
        self._optimize_functions(module)
        passes, builder = self._codegen._module_pass_manager()
        passes.run(module, builder)
        module.verify()
        self._finalize_final_module()


def _needed_by(kernel: Any) -> Iterator[Any]:
    """Every library that this one calls, or one of those calls, each once."""
    seen = {kernel}
    ahead = list(kernel._linking_libraries)
    while ahead:
        library = ahead.pop()
        if library not in seen:
            seen.add(library)
            yield library
            if isinstance(library, _StepLibrary):
                ahead += library._linking_libraries


@_REGISTER
class _StepLowering(_LOWERING):  # type: ignore[misc]
    """Translates a step, and lets others call it; there is no machine code yet."""

    _name = "step_lowering"

    def run_pass(self, state: Any) -> bool:
        state.library = _StepLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        flags = state.flags
        flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
        super().run_pass(state)
        made = state["cr"]
        # numba knows a compiled function by a builtin, which only has to be one of its own
        own: Any = [state.library].append
        state.targetctx.insert_user_function(own, made.fndesc, [state.library])
        state["cr"] = _COMPILER._LowerResult(made.fndesc, made.call_helper, cfunc=own, env=made.env)
        return True


@_REGISTER
class _KernelLowering(_LOWERING):  # type: ignore[misc]
    """Translates a kernel and makes it machine code with all its steps."""

    _name = "kernel_lowering"

    def run_pass(self, state: Any) -> bool:
        state.library = _KernelLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


class _Compiler(_COMPILER.CompilerBase):  # type: ignore[misc]
    """Plain loops and whole numbers only: without numba's passes for anything more."""

    lowering: Any = None

    def define_pipelines(self) -> list[Any]:
        passes = _MACHINERY.PassManager("plain")
        for one in (
            _UNTYPED.TranslateByteCode,
            _UNTYPED.FixupArgs,
            _UNTYPED.IRProcessing,
            _UNTYPED.RewriteSemanticConstants,
            _UNTYPED.GenericRewrites,
            _UNTYPED.ReconstructSSA,
            _UNTYPED.DeadBranchPrune,
            _TYPED.NopythonTypeInference,
            _TYPED.PreLowerStripPhis,
            _TYPED.IRLegalization,
            self.lowering,
            _TYPED.NoPythonBackend,
        ):
            passes.add_pass(one, one.__name__)
        passes.finalize()
        return [passes]


class StepCompiler(_Compiler):
    """For what kernels call: never called from Python."""

    lowering = _StepLowering


class KernelCompiler(_Compiler):
    """For what Python calls."""

    lowering = _KernelLowering

    def compile_extra(self, func: Any) -> Any:
        """Compile it; the collector would go through a million objects that are all in use."""
        collects = gc.isenabled()
        gc.disable()
        try:
            return super().compile_extra(func)
        finally:
            if collects:
                gc.enable()
