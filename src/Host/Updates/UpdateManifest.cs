using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Host.Updates;

/// <summary>A hook that an update is attached to.</summary>
/// <param name="Name">The name of the hook.</param>
/// <param name="Policy">Whether those behind it run.</param>
public sealed record UpdateHook(string Name, Policy Policy);

/// <summary>The words of an author on a program: where it goes, which one it is, and under which conditions it runs.</summary>
/// <param name="Number">The sequence number; an update of a slot has a greater one than those before it.</param>
/// <param name="Slot">The slot of the application store.</param>
/// <param name="Digest">SHA-256 of the program, 32 bytes.</param>
/// <param name="Size">Of the program, in bytes.</param>
/// <param name="Profile">The name of the machine variant.</param>
/// <param name="Budget">How long a run may last.</param>
/// <param name="Grants">The ids of the helpers granted, in ascending order.</param>
/// <param name="Hooks">The hooks that it is attached to, in this order.</param>
public sealed record UpdateManifest(
    ulong Number,
    int Slot,
    Sequence<byte> Digest,
    int Size,
    string Profile,
    BudgetClass Budget,
    Sequence<uint> Grants,
    Sequence<UpdateHook> Hooks);

/// <summary>An update whose signature is that of a trusted author.</summary>
/// <param name="Manifest">What is signed.</param>
/// <param name="Program">The program that came with it; that it is the one meant, the digest says.</param>
/// <param name="Digest">SHA-256 of the program that came, 32 bytes.</param>
public sealed record SignedUpdate(UpdateManifest Manifest, Sequence<byte> Program, Sequence<byte> Digest);
