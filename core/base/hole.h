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

    [[nodiscard]] bool empty() const { return levels_.size() < 2; }  ///< nothing is hidden

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
    /// Where the hidden pixels of a row lie; first == last where it has none.
    struct Row {
        std::size_t first = 0;
        std::size_t last = 0;  ///< one beyond
    };
    /// One level of the pyramid, half as large as the one before.
    struct Level {
        std::size_t height = 0;
        std::size_t width = 0;
        std::vector<std::uint8_t> hidden;  ///< 1: nothing below it is visible
        std::vector<std::uint8_t> parts;  ///< how many of its pixels of the level below are visible
        std::vector<Row> rows;            ///< one for each of its rows

        [[nodiscard]] std::size_t pixels() const { return height * width; }
    };
    [[nodiscard]] static std::vector<Row> rows_of(const Level& level);
    [[nodiscard]] static Level half_of(const Level& level);

    /// Calls visit(level below, level, plane below, plane), from the picture upwards, or downwards; the planes above
    /// the picture's lie one after another in `pyramid`.
    template <class Value, class Visit>
    void each_upwards(Value* plane, std::vector<Value>& pyramid, const Visit& visit) const;
    template <class Value, class Visit>
    void each_downwards(Value* plane, std::vector<Value>& pyramid, const Visit& visit) const;
    [[nodiscard]] std::size_t pixels_above() const;

    /// One Jacobi step from plane to plane, which agree in visible pixels.
    template <class Value>
    void relax(const Value* from, Value* to) const;
    /// A quarter of what hidden pixels hand over to each of their visible neighbours; visible ones have nothing to give.
    template <class Value>
    void hand_to_visible(const std::vector<Value>& handed, std::span<Value> plane) const;

    std::vector<Level>
        levels_;  ///< from the picture to at most 2x2; the picture alone if nothing is hidden
    std::vector<float> hidden_;  ///< of the picture, 0 or 1
};

}  // namespace lmser
