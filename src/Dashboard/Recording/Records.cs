namespace RbpfSpec.Dashboard.Recording;

/// <summary>Values of a sensor at a time.</summary>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Values">Those of its dimensions, in its unit; empty while reading fails.</param>
internal readonly record struct Point(long At, Sequence<double> Values);

/// <summary>An application that came over the network.</summary>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Slot">The slot that it was sent to.</param>
/// <param name="Digest">Of the application that is installed; 0 if it was refused.</param>
/// <param name="Number">The sequence number; 0 if it was not signed, or refused.</param>
/// <param name="Problem">Why it was refused; null if it is installed.</param>
internal sealed record Update(long At, int Slot, ulong Digest, ulong Number, string? Problem);

/// <summary>A text that a container printed.</summary>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Slot">Of the container.</param>
/// <param name="Text">The text, cut short if it is very long.</param>
internal sealed record Print(long At, int Slot, string Text);
