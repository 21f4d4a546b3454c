// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lmser {

/// The hidden pixels of a picture, and the smooth surfaces that are spanned over them. Everything here is linear in
/// the plane it is given, so every operation has an adjoint: <A p, q> = <p, Aᵀ q>, by which gradients go back.
/// A plane is [height * width] values of float or double.
class Hole {
public:
    /// hidden: [height * width], not 0 where a pixel is hidden. Throws std::invalid_argument where the count differs.
    Hole(int height, int width, std::span<const std::uint8_t> hidden);

    [[nodiscard]] bool empty() const { return top_ >= bottom_; }  ///< nothing is hidden

    /// Pull-push (Gortler et al. 1996): hidden pixels become a smooth continuation of the visible ones, which stay. What
    /// stood in hidden pixels has no influence. All hidden: zeros.
    template <class Value>
    void fill(std::span<Value> plane) const;
    template <class Value>
    void fill_adjoint(std::span<Value> plane) const;

    /// A membrane fastened at the visible pixels: fill(), then `rounds` times every hidden pixel becomes the mean of
    /// its four neighbours (Jacobi steps of Laplace's equation; the border is reflecting).
    template <class Value>
    void span_membrane(std::span<Value> plane, int rounds) const;
    template <class Value>
    void span_membrane_adjoint(std::span<Value> plane, int rounds) const;

private:
    /// One level of the pyramid, half as large as the one before.
    struct Level {
        std::size_t height = 0;
        std::size_t width = 0;
        std::vector<std::uint8_t> hidden;  ///< 1: nothing below it is visible
        std::vector<std::uint8_t>
            parts;  ///< how many of the four pixels of the level below it are visible

        [[nodiscard]] std::size_t pixels() const { return height * width; }
    };
    [[nodiscard]] static Level half_of(const Level& level);

    std::vector<Level> levels_;  ///< from the picture to at most 2x2
    std::vector<float> hidden_;  ///< of the picture, 0 or 1
    std::size_t top_ = 0;        ///< first row that has a hidden pixel
    std::size_t bottom_ = 0;     ///< one beyond the last
};

}  // namespace lmser
